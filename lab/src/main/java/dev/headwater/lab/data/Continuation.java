package dev.headwater.lab.data;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.lab.definition.DataSpec;

/// How a series goes on from a network's own output.
public interface Continuation {

    /// The input to begin with.
    ///
    /// @return `[steps][width]`
    float[] start();

    /// The values of the series that the first input shows, in the unit of the series.
    float[] given();

    /// Replaces an input by the one that follows it.
    ///
    /// @param input  `[steps][width]`, overwritten
    /// @param output `[steps][width]`, the network's for that input
    /// @return the values that were generated, in the unit of the series
    float[] advance(float[] input, float[] output);

    /// The real series beside the generated one.
    ///
    /// @throws InvalidInputException when it is not that long
    float[] truth(int count);

    /// The continuation for a row's data.
    ///
    /// @throws InvalidInputException when such data cannot go on by themselves
    static Continuation of(DataSpec.Source source, DataFolder folder) {
        return switch (source) {
            case DataSpec.Sine sine -> SineData.continuation(sine);
            case DataSpec.Traffic traffic -> TrafficData.load(traffic, folder).continuation();
            case DataSpec.Speech speech -> throw refused();
            case DataSpec.WeatherWindows windows -> throw refused();
            case DataSpec.WeatherDraws draws -> throw refused();
            case DataSpec.Reviews reviews -> throw refused();
            case DataSpec.Synthetic synthetic -> throw refused();
        };
    }

    private static InvalidInputException refused() {
        return new InvalidInputException("generate: goes with the data sine and traffic only");
    }
}
