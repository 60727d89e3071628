package dev.headwater.cli;

import dev.headwater.forecasting.model.ModelRegistry;
import dev.headwater.forecasting.network.Network;
import dev.headwater.streams.Guarantee;
import dev.headwater.streams.HealthEndpoints;
import dev.headwater.streams.ServedModel;
import dev.headwater.streams.StreamApp;
import dev.headwater.streams.StreamSettings;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Runs the Kafka Streams app.
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description =
                "Turn readings on Kafka into forecasts on Kafka until Ctrl-C; /metrics, /livez, /readyz over HTTP.",
        footer = {
            "",
            "Example:",
            "  headwater serve --network pems-bay --model models/pems-bay/latest --bootstrap localhost:9092"
        })
final class ServeCommand implements Runnable {

    private static final Duration LOOK = Duration.ofMillis(200);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NetworkOption network = new NetworkOption();

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Option(names = "--model", paramLabel = "PATH", description = "The model; default: models/NETWORK/latest.")
    private @Nullable Path model;

    @Option(
            names = "--guarantee",
            defaultValue = "at-least-once",
            converter = GuaranteeConverter.class,
            description = "at-least-once or exactly-once; default: ${DEFAULT-VALUE}.")
    private Guarantee guarantee = Guarantee.AT_LEAST_ONCE;

    @Option(names = "--application-id", paramLabel = "ID", description = "Consumer group; default: headwater-NETWORK.")
    private @Nullable String applicationId;

    @Option(
            names = "--threads",
            defaultValue = "1",
            description = "Stream threads, at most one per partition works; default: ${DEFAULT-VALUE}.")
    private int threads = 1;

    @Option(
            names = "--data-dir",
            defaultValue = "data",
            paramLabel = "DIR",
            description = "Where local state is kept; default: ./${DEFAULT-VALUE}.")
    private Path dataDir = Path.of("data");

    @Option(
            names = "--metrics-host",
            defaultValue = HealthEndpoints.DEFAULT_HOST,
            description = "Address for /metrics and the probes; default: ${DEFAULT-VALUE}, this machine alone.")
    private String metricsHost = HealthEndpoints.DEFAULT_HOST;

    @Option(
            names = "--metrics-port",
            defaultValue = "" + HealthEndpoints.DEFAULT_PORT,
            description = "Port for them, 0 = any; default: ${DEFAULT-VALUE}.")
    private int metricsPort;

    @Override
    public void run() {
        Network definition = network.load();
        Path file = model == null ? Path.of("models", definition.name(), "latest") : model;
        ServedModel served = ServedModel.of(ModelRegistry.load(file), definition);
        PrometheusMeterRegistry registry = registry();
        try (Stopping stopping = Stopping.onSignal();
                StreamApp app =
                        StreamApp.start(definition, kafka.partitions(), () -> served, settings(definition), registry);
                HealthEndpoints health =
                        HealthEndpoints.start(metricsHost, metricsPort, registry, app::isAlive, app::isReady)) {
            spec.commandLine()
                    .getOut()
                    .printf(
                            Locale.ROOT,
                            "serving %s with %s, %s; metrics at http://%s:%d/metrics, Ctrl-C stops it%n",
                            definition.name(),
                            served.forecaster().name(),
                            guarantee.word(),
                            metricsHost,
                            health.port());
            spec.commandLine().getOut().flush();
            awaitEnd(stopping, app);
        }
    }

    private static void awaitEnd(Stopping stopping, StreamApp app) {
        boolean asked = false;
        while (!asked && !app.stopped().isDone()) {
            asked = stopping.await(LOOK);
        }
        if (!asked) {
            app.stopped().join(); // throws what stopped it
        }
    }

    private StreamSettings settings(Network definition) {
        String id = applicationId == null ? StreamSettings.defaultApplicationId(definition.name()) : applicationId;
        if (threads < 1) {
            throw new ParameterException(spec.commandLine(), "--threads: must be at least 1, found " + threads);
        }
        return new StreamSettings(
                kafka.client(),
                id,
                dataDir.resolve("streams"),
                guarantee,
                threads,
                StreamSettings.DEFAULT_BATCH_SIZE,
                StreamSettings.DEFAULT_BATCH_DELAY,
                StreamSettings.DEFAULT_COMMIT_INTERVAL);
    }

    static PrometheusMeterRegistry registry() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new JvmGcMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        return registry;
    }
}
