package dev.headwater.streams;

import dev.headwater.forecasting.Forecaster;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.artefact.Artefact;
import dev.headwater.forecasting.artefact.ForecastModel;
import dev.headwater.forecasting.artefact.GruForecaster;
import dev.headwater.forecasting.artefact.ModelFile;
import dev.headwater.forecasting.audio.KeywordClassifier;
import dev.headwater.forecasting.audio.KeywordModel;
import dev.headwater.forecasting.audio.RecurrentKeywordClassifier;
import dev.headwater.forecasting.interval.IntervalTable;
import dev.headwater.forecasting.interval.Levels;
import dev.headwater.forecasting.interval.ResidualBand;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import org.jspecify.annotations.Nullable;

/// A model in service, for forecasts with their intervals and for keywords.
///
/// @param forecaster     makes the values
/// @param band           residual quantiles; null when the model states no interval
/// @param seasonalStates initial seasonal states of sensors that are new to the stream
/// @param keywords       classifies keywords in sound; null when the model has none
public record ServedModel(
        Forecaster forecaster,
        @Nullable ResidualBand band,
        SeasonalStates seasonalStates,
        @Nullable KeywordClassifier keywords) {

    /// A model without keywords.
    public ServedModel(Forecaster forecaster, @Nullable ResidualBand band, SeasonalStates seasonalStates) {
        this(forecaster, band, seasonalStates, null);
    }

    /// @throws InvalidInputException when the model was trained for another window or other measures
    public static ServedModel of(ForecastModel model, SensorNetwork network) {
        SensorNetwork trained = model.manifest().network();
        if (!trained.isComputedLike(network)) {
            throw new InvalidInputException("model " + model.manifest().id() + " of network " + trained.name()
                    + " does not fit network " + network.name()
                    + ": interval, window, measures, target and sound must be the same");
        }
        KeywordModel keywords = model.keywords();
        return new ServedModel(
                GruForecaster.of(model, network),
                model.manifest().band(),
                model.seasonalStates(),
                keywords == null
                        ? null
                        : new RecurrentKeywordClassifier(
                                keywords, model.manifest().version()));
    }

    /// A model under the key of a network on the bus.
    ///
    /// @param source what to call it in messages
    /// @throws InvalidInputException when it was trained for another network, window or other measures
    public static ServedModel underKey(ForecastModel model, SensorNetwork network, String source) {
        String trained = model.manifest().network().name();
        if (!trained.equals(network.name())) {
            throw new InvalidInputException(
                    source + ": its network must be that of its key, " + network.name() + ", found " + trained);
        }
        return of(model, network);
    }

    /// Reads an artefact of the bus and checks that it is sound and can serve the network of its key.
    ///
    /// @throws InvalidInputException when it is damaged or nonsense, or trained for another network or window
    public static ServedModel read(Artefact artefact, SensorNetwork network) {
        return underKey(ModelFile.read(artefact), network, artefact.source());
    }

    /// The same model with other initial seasonal states.
    public ServedModel with(SeasonalStates other) {
        return new ServedModel(forecaster, band, other, keywords);
    }

    /// `name@version`, as forecasts name it.
    public String id() {
        return forecaster.name();
    }

    /// The fitted distances of bounds from forecasts; null when the model states no interval.
    @Nullable
    IntervalTable intervals(Levels levels) {
        return band == null ? null : IntervalTable.of(band, levels);
    }
}
