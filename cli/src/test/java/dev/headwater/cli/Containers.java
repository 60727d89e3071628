package dev.headwater.cli;

import static java.util.Objects.requireNonNullElse;

import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Volume;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.opentest4j.TestAbortedException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.RemoteDockerImage;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/// Containers for tests: Kafka, and Headwater as it runs in production.
///
/// Without a Docker engine, or without an image, a test is skipped and says why; with `HEADWATER_REQUIRE_DOCKER=true`
/// it fails instead.
final class Containers {

    /// The broker as other containers reach it.
    static final String KAFKA_INSIDE = "kafka:19092";

    static final int METRICS_PORT = 9464;

    private static final String STOCK_KAFKA = "apache/kafka:4.3.1";
    private static final Duration START_WITHIN = Duration.ofSeconds(90);

    private Containers() {}

    /// A broker, not started; `HEADWATER_KAFKA_IMAGE` names another image than the stock one.
    static KafkaContainer kafka(Network network) {
        DockerImageName image = require(setting("HEADWATER_KAFKA_IMAGE", STOCK_KAFKA));
        return new KafkaContainer(image.asCompatibleSubstituteFor("apache/kafka"))
                .withNetwork(network)
                .withListener(KAFKA_INSIDE)
                .withStartupTimeout(START_WITHIN);
    }

    /// A network of containers.
    static Network network() {
        requireEngine();
        return Network.newNetwork();
    }

    /// Headwater's image (`HEADWATER_IMAGE` names another tag), not started, and hardened as in `deploy/`: nothing but
    /// `/data` and `/tmp` can be written, no capabilities, no new privileges.
    ///
    /// @param models mounted at `/models`, read-only
    static GenericContainer<?> headwater(Network network, Path models, String... arguments) {
        DockerImageName image = require(setting("HEADWATER_IMAGE", "headwater:local"));
        return new GenericContainer<>(image)
                .withNetwork(network)
                .withCommand(arguments)
                .withExposedPorts(METRICS_PORT)
                .withCreateContainerCmdModifier(command -> {
                    command.withVolumes(new Volume("/data"));
                    command.getHostConfig()
                            .withBinds(new Bind(models.toString(), new Volume("/models"), AccessMode.ro))
                            .withTmpFs(Map.of("/tmp", "rw,nosuid,nodev"))
                            .withReadonlyRootfs(true)
                            .withCapDrop(Capability.ALL)
                            .withSecurityOpts(List.of("no-new-privileges"));
                })
                .waitingFor(Wait.forHttp("/readyz").forPort(METRICS_PORT).withStartupTimeout(START_WITHIN));
    }

    private static DockerImageName require(String name) {
        requireEngine();
        try {
            new RemoteDockerImage(DockerImageName.parse(name)).get();
            return DockerImageName.parse(name);
        } catch (RuntimeException e) {
            throw missing("image " + name + " is not there and cannot be fetched; deploy/images/ says how to build it");
        }
    }

    private static void requireEngine() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw missing("no Docker engine answers");
        }
    }

    private static RuntimeException missing(String reason) {
        if (Boolean.parseBoolean(System.getenv("HEADWATER_REQUIRE_DOCKER"))) {
            return new IllegalStateException(reason);
        }
        System.err.println("SKIPPED: tests in containers: " + reason);
        return new TestAbortedException(reason);
    }

    private static String setting(String name, String otherwise) {
        return requireNonNullElse(System.getenv(name), otherwise);
    }
}
