package dev.headwater.cli;

import dev.headwater.bus.ModelTopic;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.artefact.Artefact;
import dev.headwater.forecasting.artefact.ModelRegistry;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
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

    private static final int BYTES_PER_MB = 1_000_000;

    @Parameters(paramLabel = "PATH", description = "The model: its zip, its folder, or a latest file.")
    private Path path = Path.of("");

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private Answer answer = new Answer();

    @Override
    public void run() {
        ModelTopic.Publication published = publish(kafka, ModelRegistry.artefact(path));
        answer.print(published, out -> print(out, published));
    }

    /// Publishes an artefact, with a bar for one that travels in parts.
    static ModelTopic.Publication publish(KafkaOptions kafka, Artefact artefact) {
        if (artefact.size() <= Topics.MAX_RECORD_BYTES) {
            return ModelTopic.publish(kafka.client(), artefact, sent -> {});
        }
        try (ProgressBar bar = Output.bar("publish", artefact.size() / BYTES_PER_MB, "MB")) {
            return ModelTopic.publish(kafka.client(), artefact, sent -> bar.stepTo(sent / BYTES_PER_MB));
        }
    }

    static void print(PrintWriter out, ModelTopic.Publication published) {
        out.printf(
                Locale.ROOT,
                "published %s for network %s on %s (offset %d, %.1f MB)%n",
                published.model(),
                published.network(),
                Topics.MODELS,
                published.offset(),
                (double) published.bytes() / BYTES_PER_MB);
    }
}
