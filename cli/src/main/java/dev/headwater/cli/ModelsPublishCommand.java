package dev.headwater.cli;

import dev.headwater.bus.ModelTopic;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.artefact.ModelRegistry;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Publishes a model on the models topic.
@Command(
        name = "publish",
        mixinStandardHelpOptions = true,
        description = "Put a model on " + Topics.MODELS + ": every running `serve` of its network switches to it.",
        footer = {
            "",
            "Examples:",
            "  headwater models publish models/pems-bay/latest --bootstrap localhost:9092",
            "  headwater models publish models/pems-bay/3"
        })
final class ModelsPublishCommand implements Runnable {

    private static final double BYTES_PER_MB = 1e6;

    @Parameters(paramLabel = "PATH", description = "The model: its zip, its folder, or a latest file.")
    private Path path = Path.of("");

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private Answer answer = new Answer();

    @Override
    public void run() {
        ModelTopic.Publication published =
                ModelTopic.publish(kafka.client(), ModelRegistry.bytes(path), path.toString());
        answer.print(published, out -> print(out, published));
    }

    static void print(PrintWriter out, ModelTopic.Publication published) {
        out.printf(
                Locale.ROOT,
                "published %s for network %s on %s (offset %d, %.1f MB)%n",
                published.model(),
                published.network(),
                Topics.MODELS,
                published.offset(),
                published.bytes() / BYTES_PER_MB);
    }
}
