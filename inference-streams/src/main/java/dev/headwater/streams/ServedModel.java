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
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import org.jspecify.annotations.Nullable;

/// A model in service, for forecasts with their intervals and for keywords.
///
/// @param forecaster     makes the values
/// @param table          fitted intervals; null when the model states none
/// @param seasonalStates initial seasonal states of sensors that are new to the stream
/// @param keywords       classifies keywords in sound; null when the model has none
/// @param artefact       [Artefact#identity()]; empty for a model that is in none, such as a baseline
public record ServedModel(
        Forecaster forecaster,
        @Nullable IntervalTable table,
        SeasonalStates seasonalStates,
        @Nullable KeywordClassifier keywords,
        String artefact) {

    /// A model without keywords, in no artefact.
    public ServedModel(Forecaster forecaster, @Nullable IntervalTable table, SeasonalStates seasonalStates) {
        this(forecaster, table, seasonalStates, null, "");
    }

    /// A model in no artefact.
    ///
    /// @throws InvalidInputException when the model was trained for another window or other measures
    public static ServedModel of(ForecastModel model, SensorNetwork network) {
        return of(model, network, "");
    }

    /// @throws InvalidInputException when the artefact is damaged or nonsense, or trained for another window or
    ///                               other measures
    public static ServedModel of(Artefact artefact, SensorNetwork network) {
        return of(ModelFile.read(artefact), network, artefact.identity());
    }

    /// @param artefact identity of the artefact that the model was read from
    /// @throws InvalidInputException when the model was trained for another window or other measures
    static ServedModel of(ForecastModel model, SensorNetwork network, String artefact) {
        model.requireFit(network);
        KeywordModel keywords = model.keywords();
        return new ServedModel(
                GruForecaster.of(model, network),
                model.intervals(Levels.DEFAULT),
                model.seasonalStates(),
                keywords == null
                        ? null
                        : new RecurrentKeywordClassifier(
                                keywords, model.manifest().version()),
                artefact);
    }

    /// Reads an artefact of the bus and checks that it is sound and can serve the network of its key.
    ///
    /// @throws InvalidInputException when it is damaged or nonsense, or trained for another network or window
    public static ServedModel read(Artefact artefact, SensorNetwork network) {
        ForecastModel model = ModelFile.read(artefact);
        model.requireOf(network, artefact.source());
        return of(model, network, artefact.identity());
    }

    /// The same model with other initial seasonal states.
    public ServedModel with(SeasonalStates other) {
        return new ServedModel(forecaster, table, other, keywords, artefact);
    }

    /// `name@version`, as forecasts name it.
    public String id() {
        return forecaster.name();
    }

    /// `name@version (identity)`, for people.
    public String label() {
        return artefact.isEmpty() ? id() : id() + " (" + artefact + ")";
    }

    /// The fitted distances of bounds from forecasts; null when the model states no interval.
    @Nullable
    IntervalTable intervals(Levels levels) {
        return table == null ? null : table.at(levels);
    }
}
