package dev.headwater.lab.data;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.lab.definition.DataSpec;

/// Loads the data of a row.
public final class Datasets {

    private Datasets() {}

    /// Loads what a row asks for.
    ///
    /// @param folder where recorded data lie; not looked at for data that are computed
    /// @param seed   seed of what is drawn
    /// @throws InvalidInputException when the data are absent, damaged, or too few for the row
    public static Dataset load(DataSpec.Source source, DataFolder folder, long seed) {
        return switch (source) {
            case DataSpec.Speech speech -> SpeechData.load(speech, folder, seed);
            case DataSpec.Traffic traffic -> TrafficData.load(traffic, folder).dataset();
            case DataSpec.WeatherWindows windows -> WeatherWindowData.load(windows, folder);
            case DataSpec.WeatherDraws draws -> WeatherDrawData.load(draws, folder);
            case DataSpec.Reviews reviews -> ReviewData.load(reviews, folder);
            case DataSpec.Sine sine -> SineData.of(sine, seed);
            case DataSpec.Synthetic synthetic -> SyntheticData.of(synthetic);
        };
    }

    /// Looks for the data of a row without reading them, so that a run of many rows does not end at a late one.
    ///
    /// @throws InvalidInputException when recorded data are absent
    public static void require(DataSpec.Source source, DataFolder folder) {
        switch (source) {
            case DataSpec.Speech speech -> folder.speech();
            case DataSpec.Traffic traffic -> folder.traffic();
            case DataSpec.WeatherWindows windows -> folder.weather();
            case DataSpec.WeatherDraws draws -> folder.weather();
            case DataSpec.Reviews reviews -> folder.reviews();
            case DataSpec.Sine computed -> {}
            case DataSpec.Synthetic computed -> {}
        }
    }
}
