package dev.headwater.forecasting.artefact;

import dev.headwater.forecasting.evaluation.ErrorTable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The figures a model was published with.
///
/// @param validation errors on the validation part, by which training was stopped
/// @param test       errors on the test part, looked at once
/// @param baselines  errors of the baselines on the test part, by name
/// @param epochs     how training went; null in artefacts that were made before this was kept
public record ModelMetrics(
        ErrorTable validation,
        ErrorTable test,
        Map<String, ErrorTable> baselines,
        @Nullable List<Epoch> epochs) {

    /// Figures of which nothing is known of the training.
    public ModelMetrics(ErrorTable validation, ErrorTable test, Map<String, ErrorTable> baselines) {
        this(validation, test, baselines, null);
    }

    /// One pass over the training windows.
    ///
    /// @param epoch         from 1
    /// @param loss          mean masked MAE of its batches, in the unit of the target
    /// @param validationMae masked MAE of the validation windows that are looked at after each epoch
    public record Epoch(int epoch, double loss, double validationMae) {}
}
