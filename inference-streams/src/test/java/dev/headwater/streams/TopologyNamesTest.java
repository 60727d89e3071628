package dev.headwater.streams;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.forecasting.baseline.Persistence;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Internal topics are named after nodes and stores: changing a name loses the windows of a running stream.
class TopologyNamesTest {

    /// A plain window, one with seasonal state, a window in chunks, sound.
    @ParameterizedTest
    @ValueSource(strings = {"test-town", "pems-bay", "jena", "speech"})
    void theTopologyKeepsItsNames(String name) throws IOException {
        // Given
        SensorNetwork network =
                name.equals(StreamFixture.NETWORK.name()) ? StreamFixture.NETWORK : NetworkFile.load(name);
        int horizon = network.window().horizon();
        ServedModel model = new ServedModel(new Persistence(horizon, 1), null, SeasonalStates.of(network));

        // When
        String described = ForecastTopology.build(
                        network,
                        () -> model,
                        StreamFixture.settings(Path.of("state"), 4),
                        new StreamMetrics(new SimpleMeterRegistry(), name))
                .describe()
                .toString();

        // Then
        assertThat(described).isEqualToNormalizingNewlines(golden(name));
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = TopologyNamesTest.class.getResourceAsStream("/topologies/" + name + ".txt")) {
            return new String(requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
