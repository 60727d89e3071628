package dev.headwater.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// A broker that is also a controller, in a separate process with Kafka's documented main classes. It can be
/// killed and started again on its data. Not thread-safe.
final class BrokerNode implements AutoCloseable {

    private static final String FORMAT = "kafka.tools.StorageTool";
    private static final String SERVE = "kafka.Kafka";

    private final int id;
    private final Path folder;
    private @Nullable Process process;

    private BrokerNode(int id, Path folder) {
        this.id = id;
        this.folder = folder;
    }

    /// Formats the broker's data folder; start the broker with [#start()].
    static BrokerNode format(int id, Path folder, String clusterId, Map<String, String> settings) {
        try {
            Files.createDirectories(folder);
            Properties properties = new Properties();
            properties.putAll(settings);
            properties.put("node.id", Integer.toString(id));
            properties.put("log.dirs", folder.resolve("data").toString());
            BrokerNode node = new BrokerNode(id, folder);
            try (var out = Files.newBufferedWriter(node.settings())) {
                properties.store(out, null);
            }
            Process formatting = node.run(
                    FORMAT,
                    "format",
                    "--cluster-id",
                    clusterId,
                    "--config",
                    node.settings().toString());
            if (formatting.waitFor() != 0) {
                throw new IllegalStateException("broker " + id + " cannot be formatted: " + node.output());
            }
            return node;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    int id() {
        return id;
    }

    void start() throws IOException {
        process = run(SERVE, settings().toString());
    }

    /// Kills the process, with no chance to clean up.
    void kill() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    /// Asks the broker to hand over its partitions and to end, and waits for its end.
    void stop() throws InterruptedException {
        if (process != null) {
            process.destroy();
            process.waitFor();
        }
    }

    /// Output of the process so far, for messages.
    String output() throws IOException {
        return Files.readString(log());
    }

    private Path settings() {
        return folder.resolve("server.properties");
    }

    private Path log() {
        return folder.resolve("broker.log");
    }

    private Process run(String mainClass, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                mainClass));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
