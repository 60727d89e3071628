package dev.headwater.cli;

import dev.headwater.backtest.Backtest;
import dev.headwater.backtest.SoundBacktest;
import dev.headwater.backtest.SoundReport;
import dev.headwater.backtest.StreamReport;
import dev.headwater.forecasting.Words;
import dev.headwater.forecasting.artefact.ModelRegistry;
import dev.headwater.forecasting.evaluation.ChronologicalSplit;
import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.ingest.reader.DatasetReader;
import dev.headwater.streams.Guarantee;
import dev.headwater.streams.ServedModel;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
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
    private Path from = Path.of("");

    @Option(names = "--model", required = true, paramLabel = "PATH|NAME", description = "A model or a baseline.")
    private String model = "";

    @Option(
            names = "--split",
            converter = PartConverter.class,
            defaultValue = "test",
            description = "train, validation or test; default: ${DEFAULT-VALUE}.")
    private ChronologicalSplit.Part split = ChronologicalSplit.Part.TEST;

    @Option(
            names = "--guarantee",
            converter = GuaranteeConverter.class,
            defaultValue = "exactly-once",
            description = "at-least-once or exactly-once; default: ${DEFAULT-VALUE}.")
    private Guarantee guarantee = Guarantee.EXACTLY_ONCE;

    @Option(
            names = "--restart",
            description = "End the stream in the middle and start it again: the figures must be the same.")
    private boolean restart;

    @Option(
            names = "--continuous",
            description = "Of a network with sound: send the clips once more as one long sound, 0.6 s of soft noise"
                    + " between them, and count what is heard.")
    private boolean continuous;

    @Option(names = "--json", description = "Print one JSON object and nothing else.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        SensorNetwork definition = network.load();
        AudioSpec audio = definition.audio();
        return audio == null ? replayReadings(definition) : replaySound(definition, audio);
    }

    private int replayReadings(SensorNetwork definition) throws InterruptedException {
        Backtest backtest = new Backtest(DatasetReader.read(from, definition).series(), split);
        ServedModel served = backtest.resolve(model);
        StreamReport report = played(
                "replay",
                backtest.expectedForecasts(),
                "forecasts",
                (folder, progress) -> backtest.replay(served, guarantee, restart, folder, progress));
        PrintWriter out = spec.commandLine().getOut();
        StreamReport.Passage stream = report.stream();
        if (json) {
            Output.json(spec, report);
        } else {
            EvaluateCommand.print(out, definition, report.figures());
            out.printf(
                    Locale.ROOT,
                    "%s through Kafka (%s), %.0f a second: %d of %s missing, %d doubled%n",
                    Words.count(stream.readings(), "reading"),
                    stream.guarantee(),
                    stream.readingsPerSecond(),
                    stream.missing(),
                    Words.count(stream.expected(), "forecast"),
                    stream.doubled());
            out.flush();
        }
        return stream.missing() == 0 ? 0 : 1;
    }

    private int replaySound(SensorNetwork definition, AudioSpec audio) throws InterruptedException {
        SoundBacktest backtest = SoundBacktest.of(
                definition, audio, ModelRegistry.load(Path.of(model)), from, split, Output.notices(spec));
        SoundReport report = played(
                "replay",
                backtest.clips(),
                "words",
                (folder, progress) -> backtest.replay(guarantee, folder, progress));
        if (continuous) {
            report = report.with(played(
                    "continuous",
                    backtest.clips(),
                    "words",
                    (folder, progress) -> backtest.replayAsOne(guarantee, folder, progress)));
        }
        if (json) {
            Output.json(spec, report);
        } else {
            SoundTables.print(spec.commandLine().getOut(), report);
        }
        return report.stream().missing() == 0 ? 0 : 1;
    }

    private interface Play<T> {
        T run(Path folder, LongConsumer progress) throws InterruptedException;
    }

    /// Shows the progress, and breaks off when the user stops it.
    private static <T> T played(String task, long total, String unit, Play<T> play) throws InterruptedException {
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
