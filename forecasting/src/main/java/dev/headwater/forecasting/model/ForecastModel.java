package dev.headwater.forecasting.model;

import dev.headwater.forecasting.baseline.Climatology;
import dev.headwater.forecasting.feature.Scaler;
import dev.headwater.forecasting.profile.Pasts;

/// A trained model with all that is needed to serve it: one immutable artefact.
///
/// @param manifest    what it says of itself
/// @param parameters  flat, in the order of `manifest.architecture().tensors()`
/// @param scaler      fitted on the training span
/// @param climatology fitted on the training span
/// @param metrics     figures it was published with
/// @param pasts       what was known of each sensor when the history ended; a stream's new sensors begin with it
/// @param card        the model card, Markdown
public record ForecastModel(
        ModelManifest manifest,
        float[] parameters,
        Scaler scaler,
        Climatology climatology,
        ModelMetrics metrics,
        Pasts pasts,
        String card) {

    public ForecastModel {
        int expected = manifest.architecture().parameterCount();
        if (parameters.length != expected) {
            throw new IllegalArgumentException("model " + manifest.id() + ": " + parameters.length
                    + " parameters, its architecture has " + expected);
        }
    }

    /// The same model under another version.
    public ForecastModel withVersion(int version) {
        return new ForecastModel(manifest.withVersion(version), parameters, scaler, climatology, metrics, pasts, card);
    }
}
