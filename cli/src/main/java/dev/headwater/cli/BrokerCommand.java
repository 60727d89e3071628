package dev.headwater.cli;

import dev.headwater.bus.EmbeddedBroker;
import dev.headwater.ingest.terminal.Stopping;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Runs an embedded broker, for machines without Kafka.
@Command(
        name = "broker",
        mixinStandardHelpOptions = true,
        description = "Run an embedded Kafka broker until Ctrl-C; its data is kept.",
        footer = {"", "Example:", "  headwater broker --port 9092 --data-dir ./data"})
final class BrokerCommand implements Runnable {

    @Mixin
    private Console console = new Console();

    @Option(
            names = "--port",
            defaultValue = "9092",
            description = "Port on localhost, 0 = any; default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--data-dir",
            defaultValue = "data",
            paramLabel = "DIR",
            description = "Where the data is kept; default: ./${DEFAULT-VALUE}.")
    private Path dataDir = Path.of("data");

    @Override
    public void run() {
        try (Stopping stopping = Stopping.onSignal();
                EmbeddedBroker broker = EmbeddedBroker.start(dataDir.resolve("broker"), port)) {
            console.out().println("Kafka answers at " + broker.bootstrapServers() + ", Ctrl-C stops it");
            console.out().flush();
            stopping.await();
        }
    }
}
