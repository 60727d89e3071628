package dev.headwater.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.headwater.forecasting.Words;
import dev.headwater.forecasting.artefact.ModelRegistry;
import dev.headwater.forecasting.evaluation.ChronologicalSplit;
import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.ingest.audio.Clip;
import dev.headwater.ingest.reader.DatasetReader;
import dev.headwater.streams.Guarantee;
import dev.headwater.streams.ServedModel;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
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

    /// What `replay --json` prints: the figures of `evaluate`, and what went through the stream.
    record Report(@JsonUnwrapped EvaluationReport figures, Flow stream) {}

    /// @param readings          readings sent
    /// @param expected          forecasts that had to come: one per sensor and slot with a full window
    /// @param missing           of these, how many did not
    /// @param doubled           forecasts that came a second time
    /// @param guarantee         at-least-once or exactly-once
    /// @param readingsPerSecond from the first reading sent to the last forecast read
    record Flow(long readings, long expected, long missing, long doubled, String guarantee, double readingsPerSecond) {}

    @Override
    public Integer call() throws InterruptedException {
        SensorNetwork definition = network.load();
        AudioSpec audio = definition.audio();
        if (audio != null) {
            return judgeSound(definition, audio);
        }
        Series series = DatasetReader.read(from, definition).series();
        Backtest judgement = new Backtest(series, split);
        ServedModel served = judgement.resolve(model);
        Report report = replay(series, judgement, served);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Output.json(spec, report);
        } else {
            EvaluateCommand.print(out, definition, report.figures);
            Flow flow = report.stream;
            out.printf(
                    Locale.ROOT,
                    "%s through Kafka (%s), %.0f a second: %d of %s missing, %d doubled%n",
                    Words.count(flow.readings, "reading"),
                    flow.guarantee,
                    flow.readingsPerSecond,
                    flow.missing,
                    Words.count(flow.expected, "forecast"),
                    flow.doubled);
            out.flush();
        }
        return report.stream.missing == 0 ? 0 : 1;
    }

    private int judgeSound(SensorNetwork definition, AudioSpec audio) throws InterruptedException {
        SoundBacktest judgement =
                SoundBacktest.of(definition, audio, ModelRegistry.load(Path.of(model)), split, guarantee);
        List<Clip> clips = judgement.clips(from, this::notice);
        SoundReport report = judgement.judge(clips, continuous);
        if (json) {
            Output.json(spec, report);
        } else {
            report.print(spec.commandLine().getOut());
        }
        return report.stream().missing() == 0 ? 0 : 1;
    }

    private void notice(String line) {
        spec.commandLine().getErr().println("headwater: " + line);
        spec.commandLine().getErr().flush();
    }

    private Report replay(Series series, Backtest judgement, ServedModel served) throws InterruptedException {
        ForecastLedger ledger = new ForecastLedger(series, judgement.range());
        double seconds;
        try (Stopping stopping = Stopping.onSignal();
                TemporaryFolder folder = TemporaryFolder.create("headwater-replay");
                ProgressBar bar = Output.bar("replay", ledger.expected(), "forecasts")) {
            StreamReplay stream = new StreamReplay(series, served, guarantee, restart);
            seconds = stopping.toTheEnd(
                    "replay",
                    () -> stream.run(ledger, folder.path(), done -> {
                        stopping.requireGoing("replay");
                        bar.stepTo(done);
                    }));
        }
        long readings = (long) series.sensors().size() * (ledger.endRow() - ledger.firstRow());
        EvaluationReport figures = judgement.report(
                served,
                ledger.errors().table(series.network()),
                ledger.judged(),
                ledger.abstained(),
                ledger.intervals(),
                seconds,
                null);
        return new Report(
                figures,
                new Flow(
                        readings,
                        ledger.expected(),
                        ledger.expected() - ledger.distinct(),
                        ledger.doubled(),
                        guarantee.word(),
                        readings / seconds));
    }
}
