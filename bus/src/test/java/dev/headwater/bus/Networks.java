package dev.headwater.bus;

import dev.headwater.forecasting.network.Measure;
import dev.headwater.forecasting.network.NetworkBuilder;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.WindowSpec;
import java.time.Duration;
import java.util.List;

/// Networks for tests.
final class Networks {

    /// One measure `speed`, 0 = missing, horizon 12.
    static final SensorNetwork PEMS = NetworkFile.load("pems-bay");

    /// Three measures, one with quotation marks in its unit and one with a sentinel, a quarter of a second, horizon 3.
    static final SensorNetwork WEATHER = new NetworkBuilder("roof")
            .domain("weather")
            .interval(Duration.ofMillis(250))
            .measures(List.of(
                    new Measure("temperature", "degC", null),
                    new Measure("wind", "\"knots\"", -9999f),
                    new Measure("rain-rate", "mm/h", null)))
            .target("wind")
            .window(new WindowSpec(4, 3))
            .build();

    /// Frames of 320 samples, eight words.
    static final SensorNetwork SPEECH = NetworkFile.load("speech");

    private Networks() {}
}
