package dev.headwater.trainer.study;

import dev.headwater.forecasting.artefact.ChampionVerdict;
import dev.headwater.forecasting.artefact.ForecastModel;
import dev.headwater.forecasting.artefact.ModelMetrics;
import dev.headwater.forecasting.artefact.ModelRegistry;
import dev.headwater.forecasting.evaluation.ErrorTable;
import dev.headwater.trainer.forecast.TrainingResult;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Report on the training of a forecaster.
///
/// @param model            `name@version`
/// @param path             the artefact
/// @param published        true when the model was published on the models topic
/// @param epochs           epochs begun
/// @param bestEpoch        the epoch whose parameters were kept
/// @param interrupted      true when the training was interrupted; it can be resumed
/// @param seed             of all random numbers
/// @param seconds          wall clock, evaluation included
/// @param windowsPerSecond windows trained on per second, evaluation not included
/// @param validation       errors on the validation part
/// @param test             errors on the test part
/// @param baselines        errors of the baselines on the test part
/// @param history          loss and validation MAE of each epoch
/// @param champion         whether the model is now the network's champion, and why
/// @param seeds            how the figures spread over the seeds; null for a single one
public record TrainingReport(
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
        @Nullable SeedReport seeds) {

    /// The report of one training.
    ///
    /// @param registered the model of the result in the registry
    /// @param published  whether it was put on the models topic as well
    public static TrainingReport of(
            TrainingResult result, ModelRegistry.Published registered, boolean published, ChampionVerdict champion) {
        return of(result, registered, published, champion, null);
    }

    /// The report of several trainings, of which the best is reported in full.
    ///
    /// @param registered the best model in the registry
    /// @param published  whether it was put on the models topic as well
    public static TrainingReport of(
            SeedStudy study, ModelRegistry.Published registered, boolean published, ChampionVerdict champion) {
        return of(study.best(), registered, published, champion, SeedReport.of(study));
    }

    private static TrainingReport of(
            TrainingResult result,
            ModelRegistry.Published registered,
            boolean published,
            ChampionVerdict champion,
            @Nullable SeedReport seeds) {
        ForecastModel model = registered.model();
        return new TrainingReport(
                model.manifest().id(),
                registered.file().toString(),
                published,
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
                champion,
                seeds);
    }
}
