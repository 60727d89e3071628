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
}
