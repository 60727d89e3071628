package dev.headwater.cli;

import dev.headwater.backtest.Backtest;
import dev.headwater.backtest.EvaluationReport;
import dev.headwater.backtest.SoundBacktest;
import dev.headwater.backtest.SoundEvaluation;
import dev.headwater.cli.report.EvaluationPage;
import dev.headwater.cli.report.ForecastSample;
import dev.headwater.forecasting.Words;
import dev.headwater.forecasting.artefact.ForecastModel;
import dev.headwater.forecasting.artefact.ModelRegistry;
import dev.headwater.forecasting.evaluation.ChronologicalSplit;
import dev.headwater.forecasting.evaluation.ErrorTable;
import dev.headwater.forecasting.interval.IntervalScores;
import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.ingest.reader.DatasetReader;
import dev.headwater.streams.ServedModel;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Judges a model or a baseline on history.
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = "Judge a model or a baseline on a file of history: masked MAE, RMSE and MAPE per step.",
        footer = {
            "",
            "Examples:",
            "  headwater evaluate --network pems-bay --from pems-bay.h5 --model models/pems-bay/latest",
            "  headwater evaluate --network pems-bay --from pems-bay.h5 --model persistence --json",
            "  headwater evaluate --network pems-bay --from pems-bay.h5 --model models/pems-bay/champion --report report",
            "  headwater evaluate --network speech --from speech-commands/ --model models/speech/latest"
        })
final class EvaluateCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NetworkOption network = new NetworkOption();

    @Mixin
    private SensorsOption sensors = new SensorsOption();

    @Option(
            names = "--from",
            required = true,
            paramLabel = "FILE|FOLDER",
            description = "History: .h5, .csv[.gz], .npz; a folder of words for a network of sound.")
    private Path from = Path.of("");

    @Option(
            names = "--model",
            required = true,
            paramLabel = "PATH|NAME",
            description = "A model, or persistence, yesterday, last-week, historical-average.")
    private String model = "";

    @Option(
            names = "--split",
            converter = PartConverter.class,
            defaultValue = "test",
            description = "train, validation or test; default: ${DEFAULT-VALUE}.")
    private ChronologicalSplit.Part split = ChronologicalSplit.Part.TEST;

    @Option(names = "--report", paramLabel = "DIR", description = "Write report.md and report.html there, with plots.")
    private @Nullable Path folder;

    @Option(names = "--json", description = "Print one JSON object and nothing else.")
    private boolean json;

    @Override
    public void run() {
        SensorNetwork definition = network.load();
        AudioSpec audio = definition.audio();
        if (audio != null) {
            evaluateSound(definition, audio);
            return;
        }
        Series series = sensors.of(DatasetReader.read(from, definition).series());
        Backtest backtest = new Backtest(series, split, folder != null);
        ForecastSample sample = new ForecastSample(series, backtest.range());
        ServedModel served = backtest.resolve(model);
        EvaluationReport report;
        try (ProgressBar bar = Output.bar("evaluate", backtest.windows(), "windows")) {
            report = backtest.evaluate(served, sample, bar::stepTo);
        }
        if (folder != null) {
            ForecastModel trained = Files.exists(Path.of(model)) ? ModelRegistry.load(Path.of(model)) : null;
            new EvaluationPage(definition, report, backtest.baselineBreakdowns(), sample, trained).write(folder);
        }
        if (json) {
            Output.json(spec, report);
        } else {
            print(spec.commandLine().getOut(), definition, report);
        }
    }

    private void evaluateSound(SensorNetwork definition, AudioSpec audio) {
        SoundBacktest backtest = SoundBacktest.of(
                definition, audio, ModelRegistry.load(Path.of(model)), from, split, Output.notices(spec));
        SoundEvaluation report;
        try (ProgressBar bar = Output.bar("evaluate", backtest.windows(), "windows")) {
            report = backtest.evaluate(bar::stepTo);
        }
        if (json) {
            Output.json(spec, report);
        } else {
            SoundTables.print(spec.commandLine().getOut(), definition, report);
        }
    }

    static void print(PrintWriter out, SensorNetwork network, EvaluationReport report) {
        out.printf(
                Locale.ROOT,
                "%s, %s split: %s, %s each, %s, %d abstained, %.1f s%n",
                report.network(),
                report.split(),
                Words.count(report.sensors(), "sensor"),
                Words.count(report.windows(), "window"),
                Words.count(report.forecasts(), "forecast"),
                report.abstained(),
                report.seconds());
        Map<String, ErrorTable> rows = new LinkedHashMap<>();
        rows.put(report.model(), report.errors());
        report.baselines().forEach(rows::putIfAbsent);
        Output.table(out, network.targetMeasure().unit(), rows);
        for (IntervalScores.Row interval : report.intervals()) {
            out.printf(
                    Locale.ROOT,
                    "%.0f %% interval: %.1f %% of truths inside, mean width %.2f %s%n",
                    100 * interval.level(),
                    100 * interval.coverage(),
                    interval.width(),
                    network.targetMeasure().unit());
        }
        out.flush();
    }
}
