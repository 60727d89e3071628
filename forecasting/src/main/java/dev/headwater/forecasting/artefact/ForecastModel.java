package dev.headwater.forecasting.artefact;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.audio.KeywordModel;
import dev.headwater.forecasting.feature.Scaler;
import dev.headwater.forecasting.interval.IntervalTable;
import dev.headwater.forecasting.interval.Levels;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A trained model with everything needed to serve it: one immutable artefact.
///
/// @param manifest    description of the model
/// @param parameters  flat, in the order of `manifest.architecture().tensors()`
/// @param scaler      fitted on the training span
/// @param metrics     errors that it was published with
/// @param seasonalStates each sensor's seasonal state at the end of the history; streams start from it
/// @param samples     some windows of the history, for a trial forecast
/// @param card        the model card, Markdown
/// @param intervals fitted intervals; null when there was no data to fit them, or in models before 0.2
/// @param keywords    the keyword classifier of an audio network; null otherwise
public record ForecastModel(
        ModelManifest manifest,
        float[] parameters,
        Scaler scaler,
        ModelMetrics metrics,
        SeasonalStates seasonalStates,
        List<SampleWindow> samples,
        String card,
        @Nullable IntervalTable intervals,
        @Nullable KeywordModel keywords) {

    public ForecastModel {
        int expected = manifest.architecture().parameterCount();
        if (parameters.length != expected) {
            throw new IllegalArgumentException("model " + manifest.id() + ": " + parameters.length
                    + " parameters, its architecture has " + expected);
        }
        samples = List.copyOf(samples);
    }

    /// A model of a network without sound, and without intervals other than the band of its manifest.
    public ForecastModel(
            ModelManifest manifest,
            float[] parameters,
            Scaler scaler,
            ModelMetrics metrics,
            SeasonalStates seasonalStates,
            List<SampleWindow> samples,
            String card) {
        this(manifest, parameters, scaler, metrics, seasonalStates, samples, card, null, null);
    }

    /// Checks that the model can serve a network.
    ///
    /// @throws InvalidInputException when it was trained for another window or other measures
    public void requireFit(SensorNetwork network) {
        SensorNetwork trained = manifest.network();
        if (!trained.isComputedLike(network)) {
            throw new InvalidInputException("model " + manifest.id() + " of network " + trained.name()
                    + " does not fit network " + network.name()
                    + ": interval, window, measures, target and sound must be the same");
        }
    }

    /// Checks that the model was trained for a network, and can serve it.
    ///
    /// @param source what to call it in messages
    /// @throws InvalidInputException when it was trained for another network, window or other measures
    public void requireOf(SensorNetwork network, String source) {
        String trained = manifest.network().name();
        if (!trained.equals(network.name())) {
            throw new InvalidInputException(
                    source + ": its network must be that of its key, " + network.name() + ", found " + trained);
        }
        requireFit(network);
    }

    /// The same model under another version.
    public ForecastModel withVersion(int version) {
        return new ForecastModel(
                manifest.withVersion(version),
                parameters,
                scaler,
                metrics,
                seasonalStates,
                samples,
                card,
                intervals,
                keywords);
    }

    /// The same model with a classifier, and a card that describes the classifier.
    public ForecastModel withKeywords(KeywordModel classifier, String newCard) {
        return new ForecastModel(
                manifest, parameters, scaler, metrics, seasonalStates, samples, newCard, intervals, classifier);
    }

    /// Its intervals with the given levels, those of the band for a model before 0.2; null when it has none.
    public @Nullable IntervalTable intervals(Levels levels) {
        if (intervals != null) {
            return intervals.at(levels);
        }
        return manifest.band() == null ? null : IntervalTable.of(manifest.band(), levels);
    }
}
