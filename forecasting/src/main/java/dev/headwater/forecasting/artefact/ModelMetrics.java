package dev.headwater.forecasting.artefact;

import dev.headwater.forecasting.evaluation.ErrorTable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The errors a model was published with.
///
/// @param validation errors on the validation part, used for early stopping
/// @param test       errors on the test part, measured once
/// @param baselines  errors of the baselines on the test part, by name
/// @param epochs     course of the training; null in artefacts older than this field
public record ModelMetrics(
        ErrorTable validation,
        ErrorTable test,
        Map<String, ErrorTable> baselines,
        @Nullable List<Epoch> epochs) {

    /// Errors without the course of the training.
    public ModelMetrics(ErrorTable validation, ErrorTable test, Map<String, ErrorTable> baselines) {
        this(validation, test, baselines, null);
    }

    /// One pass over the training windows.
    ///
    /// @param epoch         from 1
    /// @param loss          mean masked MAE of its batches, in the unit of the target
    /// @param validationMae masked MAE of the validation windows that are evaluated after each epoch
    public record Epoch(int epoch, double loss, double validationMae) {}
}
