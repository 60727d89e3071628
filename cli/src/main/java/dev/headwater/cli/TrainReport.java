package dev.headwater.cli;

import dev.headwater.bus.Topics;
import dev.headwater.forecasting.Words;
import dev.headwater.forecasting.artefact.ChampionVerdict;
import dev.headwater.forecasting.artefact.ForecastModel;
import dev.headwater.forecasting.artefact.ModelMetrics;
import dev.headwater.forecasting.artefact.ModelRegistry;
import dev.headwater.forecasting.evaluation.ErrorTable;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.trainer.forecast.TrainingResult;
import dev.headwater.trainer.study.SeedStudy;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/// Prints what `train` gave.
///
/// @param json whether as one JSON object
record TrainReport(CommandSpec spec, boolean json) {

    /// What `train --json` prints.
    ///
    /// @param model            `name@version`
    /// @param path             the artefact
    /// @param published        true when it was put on the models topic
    /// @param epochs           epochs begun
    /// @param bestEpoch        the one whose parameters were kept
    /// @param interrupted      true when it was broken off; `--resume` goes on
    /// @param seed             of all that is random
    /// @param seconds          wall clock, evaluation included
    /// @param windowsPerSecond trained on, evaluation not included
    /// @param validation       errors on the validation part
    /// @param test             errors on the test part
    /// @param history          loss and validation MAE of each epoch
    /// @param champion         whether it is the network's champion now, and why
    /// @param seeds            how the figures spread over the seeds; null for a single one
    record Figures(
            String model,
            String path,
            boolean published,
            int epochs,
            int bestEpoch,
            boolean interrupted,
            long seed,
            double seconds,
            double windowsPerSecond,
            ErrorTable validation,
            ErrorTable test,
            Map<String, ErrorTable> baselines,
            @Nullable List<ModelMetrics.Epoch> history,
            ChampionVerdict champion,
            @Nullable Seeds seeds) {}

    /// A training per seed.
    ///
    /// @param runs       in the order they were trained
    /// @param validation spread of the validation MAE by lead
    /// @param test       spread of the test MAE by lead
    record Seeds(List<Run> runs, List<SeedStudy.Column> validation, List<SeedStudy.Column> test) {}

    /// One of them.
    ///
    /// @param validation mean MAE on the validation part
    /// @param test       mean MAE on the test part
    record Run(long seed, int epochs, int bestEpoch, double seconds, double validation, double test) {}

    void print(
            SensorNetwork network,
            TrainingResult result,
            ModelRegistry.Published published,
            boolean onTopic,
            ChampionVerdict verdict) {
        print(network, figures(result, published, onTopic, verdict, null));
    }

    void print(
            SensorNetwork network,
            SeedStudy study,
            ModelRegistry.Published published,
            boolean onTopic,
            ChampionVerdict verdict) {
        List<Run> runs = study.results().stream().map(TrainReport::run).toList();
        Seeds seeds = new Seeds(runs, study.validation(), study.test());
        if (!json) {
            print(spec.commandLine().getOut(), network.targetMeasure().unit(), seeds);
        }
        print(network, figures(study.best(), published, onTopic, verdict, seeds));
    }

    private static Run run(TrainingResult result) {
        ModelMetrics metrics = result.model().metrics();
        return new Run(
                result.model().manifest().provenance().seed(),
                result.epochs(),
                result.bestEpoch(),
                result.seconds(),
                metrics.validation().mean().mae(),
                metrics.test().mean().mae());
    }

    private static Figures figures(
            TrainingResult result,
            ModelRegistry.Published published,
            boolean onTopic,
            ChampionVerdict verdict,
            @Nullable Seeds seeds) {
        ForecastModel model = published.model();
        return new Figures(
                model.manifest().id(),
                published.file().toString(),
                onTopic,
                result.epochs(),
                result.bestEpoch(),
                result.interrupted(),
                model.manifest().provenance().seed(),
                result.seconds(),
                result.windowsPerSecond(),
                model.metrics().validation(),
                model.metrics().test(),
                model.metrics().baselines(),
                model.metrics().epochs(),
                verdict,
                seeds);
    }

    private void print(SensorNetwork network, Figures figures) {
        if (json) {
            Output.json(spec, figures);
            return;
        }
        PrintWriter print = spec.commandLine().getOut();
        print.printf(
                Locale.ROOT,
                "%s in %s%s: %s (best %d), seed %d, %.0f s, %.0f windows/s; validation MAE %.3f%n",
                figures.model,
                figures.path,
                figures.published ? " and on " + Topics.MODELS : "",
                Words.count(figures.epochs, "epoch"),
                figures.bestEpoch,
                figures.seed,
                figures.seconds,
                figures.windowsPerSecond,
                figures.validation.mean().mae());
        if (figures.interrupted) {
            print.println("interrupted: this is the best so far"
                    + (figures.epochs > 1 ? "; `headwater train --resume` goes on" : ""));
        }
        print.println((figures.champion.promoted() ? "now the champion: " : "not the champion: ")
                + figures.champion.reason());
        Map<String, ErrorTable> rows = new LinkedHashMap<>();
        rows.put(figures.model, figures.test);
        rows.putAll(figures.baselines);
        Output.table(print, network.targetMeasure().unit(), rows);
    }

    private static void print(PrintWriter print, String unit, Seeds seeds) {
        for (Run run : seeds.runs) {
            print.printf(
                    Locale.ROOT,
                    "seed %d: %s (best %d), %.0f s; MAE %.3f on validation, %.3f on test%n",
                    run.seed,
                    Words.count(run.epochs, "epoch"),
                    run.bestEpoch,
                    run.seconds,
                    run.validation,
                    run.test);
        }
        print.printf("MAE in %s over %s%n", unit, Words.count(seeds.runs.size(), "seed"));
        print.printf("%-24s %8s %8s %8s %8s%n", "", "mean", "sd", "min", "max");
        seeds.validation.forEach(column -> print(print, "validation, " + column.lead(), column));
        seeds.test.forEach(column -> print(print, "test, " + column.lead(), column));
    }

    private static void print(PrintWriter print, String name, SeedStudy.Column column) {
        print.printf(
                Locale.ROOT,
                "%-24s %8.3f %8.3f %8.3f %8.3f%n",
                name,
                column.mae().mean(),
                column.mae().sd(),
                column.mae().min(),
                column.mae().max());
    }
}
