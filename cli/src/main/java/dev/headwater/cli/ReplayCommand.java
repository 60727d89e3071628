package dev.headwater.cli;

import dev.headwater.forecasting.evaluation.ChronologicalSplit;
import dev.headwater.ingest.terminal.Stopping;
import dev.headwater.ingest.terminal.TemporaryFolder;
import dev.headwater.streams.Guarantee;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Judges a model on history that flows through the real topology.
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Send history through an embedded broker and the real topology, and judge the forecasts that come out.",
            "The figures are those of evaluate, made by the stream. Exits with 1 when a forecast is missing."
        },
        footer = {
            "",
            "Examples:",
            "  headwater replay --network pems-bay --from pems-bay.h5 --model models/pems-bay/latest --split test",
            "  headwater replay --network speech --from mini_speech_commands --model models/speech/latest --continuous"
        })
final class ReplayCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NetworkOption network = new NetworkOption();

    @Option(
            names = "--from",
            required = true,
            paramLabel = "FILE",
            description = "History: .h5, .csv[.gz], .npz; of a network with sound, a folder of words.")
    Path from = Path.of("");

    @Option(names = "--model", required = true, paramLabel = "PATH|NAME", description = "A model or a baseline.")
    String model = "";

    @Option(
            names = "--split",
            converter = PartConverter.class,
            defaultValue = "test",
            description = "train, validation or test; default: ${DEFAULT-VALUE}.")
    ChronologicalSplit.Part split = ChronologicalSplit.Part.TEST;

    @Option(
            names = "--guarantee",
            converter = GuaranteeConverter.class,
            defaultValue = "exactly-once",
            description = "at-least-once or exactly-once; default: ${DEFAULT-VALUE}.")
    Guarantee guarantee = Guarantee.EXACTLY_ONCE;

    @Option(
            names = "--restart",
            description = "End the stream in the middle and start it again: the figures must be the same.")
    boolean restart;

    @Option(
            names = "--continuous",
            description = "Of a network with sound: send the clips once more as one long sound, 0.6 s of soft noise"
                    + " between them, and count what is heard.")
    boolean continuous;

    @Option(names = "--json", description = "Print one JSON object and nothing else.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        return Workload.of(network.load()).replay(this);
    }

    /// The figures as one JSON object, or as people read them.
    ///
    /// @return the exit code
    int print(Object report, Consumer<PrintWriter> words, long missing) {
        Output.print(spec, json, report, words);
        return missing == 0 ? 0 : 1;
    }

    Consumer<String> notices() {
        return Output.notices(spec);
    }

    /// History that flows through the stream.
    interface Play<T> {
        T run(Path folder, LongConsumer progress) throws InterruptedException;
    }
    /// Shows the progress, and breaks off when the user stops it.
    static <T> T played(String task, long total, String unit, Play<T> play) throws InterruptedException {
        try (Stopping stopping = Stopping.onSignal();
                TemporaryFolder folder = TemporaryFolder.create("headwater-replay");
                ProgressBar bar = Output.bar(task, total, unit)) {
            return stopping.toTheEnd(
                    "replay",
                    () -> play.run(folder.path(), done -> {
                        stopping.requireGoing("replay");
                        bar.stepTo(done);
                    }));
        }
    }
}
