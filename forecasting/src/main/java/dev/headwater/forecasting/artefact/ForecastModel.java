package dev.headwater.forecasting.artefact;

import dev.headwater.forecasting.audio.KeywordModel;
import dev.headwater.forecasting.baseline.Climatology;
import dev.headwater.forecasting.feature.Scaler;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A trained model with all that is needed to serve it: one immutable artefact.
///
/// @param manifest    what it says of itself
/// @param parameters  flat, in the order of `manifest.architecture().tensors()`
/// @param scaler      fitted on the training span
/// @param climatology fitted on the training span
/// @param metrics     figures it was published with
/// @param seasonalStates what was known of each sensor when the history ended; new sensors begin with it
/// @param samples     some windows of the history, to try it out; none in artefacts made before these were kept
/// @param card        the model card, Markdown
/// @param keywords    the classifier of the words in the sound, where the network is one of sound; null elsewhere
public record ForecastModel(
        ModelManifest manifest,
        float[] parameters,
        Scaler scaler,
        Climatology climatology,
        ModelMetrics metrics,
        SeasonalStates seasonalStates,
        List<SampleWindow> samples,
        String card,
        @Nullable KeywordModel keywords) {

    public ForecastModel {
        int expected = manifest.architecture().parameterCount();
        if (parameters.length != expected) {
            throw new IllegalArgumentException("model " + manifest.id() + ": " + parameters.length
                    + " parameters, its architecture has " + expected);
        }
        samples = List.copyOf(samples);
    }

    /// A model of a network without sound.
    public ForecastModel(
            ModelManifest manifest,
            float[] parameters,
            Scaler scaler,
            Climatology climatology,
            ModelMetrics metrics,
            SeasonalStates seasonalStates,
            List<SampleWindow> samples,
            String card) {
        this(manifest, parameters, scaler, climatology, metrics, seasonalStates, samples, card, null);
    }

    /// The same model under another version.
    public ForecastModel withVersion(int version) {
        return new ForecastModel(
                manifest.withVersion(version),
                parameters,
                scaler,
                climatology,
                metrics,
                seasonalStates,
                samples,
                card,
                keywords);
    }

    /// The same model with a classifier, and a card that tells of it.
    public ForecastModel withKeywords(KeywordModel classifier, String newCard) {
        return new ForecastModel(
                manifest, parameters, scaler, climatology, metrics, seasonalStates, samples, newCard, classifier);
    }
}
