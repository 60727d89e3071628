package dev.headwater.backtest;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.forecasting.evaluation.ChronologicalSplit;
import dev.headwater.forecasting.evaluation.ErrorTable;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.ingest.simulator.CitySimulator;
import dev.headwater.streams.Guarantee;
import dev.headwater.streams.ServedModel;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the stream says of its forecasts is what an evaluation says of them.
class LiveAccuracyReplayTest {

    private static final int SENSORS = 5;
    private static final int SLOTS = 4 * 288;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void equalsTheEvaluationAlsoOverARestart(boolean restart) throws InterruptedException {
        // Given
        SensorNetwork network = NetworkFile.load("simulated-city");
        Series series =
                new CitySimulator(network, SENSORS, 7).history(network.clock().slotOf(1_700_000_000_000L), SLOTS);
        Backtest backtest = new Backtest(series, ChronologicalSplit.Part.TEST);
        ServedModel model = backtest.resolve("persistence");

        // When
        StreamReport report = backtest.replay(model, Guarantee.EXACTLY_ONCE, restart, folder, done -> {});

        // Then
        LiveFigures live = requireNonNull(report.live());
        assertThat(report.stream().missing()).isZero();
        assertThat(live.horizons())
                .extracting(ErrorTable.Step::n)
                .containsExactlyElementsOf(report.figures().horizons().stream()
                        .map(ErrorTable.Step::n)
                        .toList());
        assertThat(live.horizons().getLast().n()).isPositive();
        assertThat(live.largestDifference(report.figures().horizons())).isLessThan(1e-4);
    }
}
