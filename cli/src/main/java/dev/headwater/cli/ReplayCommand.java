package dev.headwater.cli;

import dev.headwater.ingest.terminal.Stopping;
import dev.headwater.ingest.terminal.TemporaryFolder;
import dev.headwater.streams.Guarantee;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Evaluates a model on history that flows through the real topology.
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Send history through an embedded broker and the real topology, and evaluate the"
                    + " forecasts that come out.",
            "The errors are those of `evaluate`, computed by the stream. Exits with 1 when a" + " forecast is missing."
        },
        footer = {
            "",
            "Examples:",
            "  headwater replay --network pems-bay --from pems-bay.h5 --model models/pems-bay/latest --split test",
            "  headwater replay --network speech --from mini_speech_commands --model models/speech/latest --continuous"
        })
final class ReplayCommand implements Callable<Integer> {

    @Mixin
    BacktestOptions judged = new BacktestOptions();

    @Option(
            names = "--guarantee",
            converter = WordConverter.OfGuarantee.class,
            defaultValue = "exactly-once",
            description = "at-least-once or exactly-once; default: ${DEFAULT-VALUE}.")
    Guarantee guarantee = Guarantee.EXACTLY_ONCE;

    @Option(
            names = "--restart",
            description = "Stop the stream half way and start it again: the errors must stay the same.")
    boolean restart;

    @Option(
            names = "--continuous",
            description = "For a network with sound: also send the clips as one long sound, with 0.6 s of soft"
                    + " noise between them, and count the words heard.")
    boolean continuous;

    @Mixin
    Answer answer = new Answer();

    @Override
    public Integer call() throws InterruptedException {
        return Workload.of(judged.network()).replay(this);
    }

    /// A replay of history through the stream.
    interface Play<T> {
        T run(Path folder, LongConsumer progress) throws InterruptedException;
    }

    /// Runs the replay with a progress bar; Ctrl-C stops it.
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
