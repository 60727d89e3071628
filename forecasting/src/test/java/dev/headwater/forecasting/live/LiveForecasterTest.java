package dev.headwater.forecasting.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.Fixtures;
import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.Forecaster;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.artefact.GruForecaster;
import dev.headwater.forecasting.baseline.Persistence;
import dev.headwater.forecasting.feature.Features;
import dev.headwater.forecasting.feature.Scaler;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.forecasting.reading.SeriesHistory;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import dev.headwater.forecasting.window.WindowBatch;
import dev.headwater.kernels.Seq2SeqShape;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveForecasterTest {

    private static final SensorNetwork PLAIN = Fixtures.network(Duration.ofMinutes(5), 4, 2);

    /// With profile, yesterday and last week.
    private static final SensorNetwork SEASONAL =
            NetworkFile.load("pems-bay", Map.of("interval", "PT1H", "window.lookback", "4", "window.horizon", "3"));

    private static LiveForecaster persistence() {
        return new LiveForecaster(PLAIN, new Persistence(2, 0), SeasonalStates.of(PLAIN));
    }

    private static Instant minute(int minute) {
        return Instant.parse("2017-03-10T09:00:00Z").plus(Duration.ofMinutes(minute));
    }

    @Test
    void forecastsAsAnEvaluationOfTheSameReadings() {
        // Given three weeks with holes, which begin at once for all sensors
        Series series = Fixtures.series(SEASONAL, 3, 21 * 24, 7);
        Seq2SeqShape shape = Features.shape(SEASONAL, 3, 8, 2);
        Forecaster forecaster = new GruForecaster(
                "gru@1", SEASONAL, Scaler.fit(series, 300), series.sensors(), shape, shape.initialise(3));
        LiveForecaster live = new LiveForecaster(SEASONAL, forecaster, SeasonalStates.of(SEASONAL));
        WindowBatch batch = new WindowBatch(SEASONAL, 1, new SeriesHistory(series));
        float[] expected = new float[shape.horizon()];
        int compared = 0;
        int abstained = 0;

        // When each slot of each sensor is pushed, also those without a value
        for (int row = 0; row < series.slots(); row++) {
            long slot = series.firstSlot() + row;
            for (int s = 0; s < 3; s++) {
                Optional<Forecast> found =
                        live.push(series.sensors().get(s), SEASONAL.clock().start(slot), series.target(s, row));

                // Then
                assertThat(found.isPresent()).isEqualTo(row >= 3);
                if (found.isPresent() && !found.get().abstained()) {
                    batch.clear();
                    batch.add(series, s, row - 3);
                    forecaster.forecast(batch, expected);
                    assertThat(found.get().values())
                            .as("sensor %d, row %d", s, row)
                            .isEqualTo(expected);
                    assertThat(found.get().issuedAt())
                            .isEqualTo(SEASONAL.clock().startMillis(slot));
                    compared++;
                } else {
                    abstained += found.isPresent() ? 1 : 0;
                }
            }
        }
        assertThat(compared).isGreaterThan(1000);
        assertThat(abstained).isPositive();
    }

    @Test
    void aSecondReadingInASlotAndAnOlderOneCorrectTheWindow() {
        // Given a full window
        LiveForecaster live = persistence();
        for (int minute = 0; minute < 15; minute += 5) {
            assertThat(live.push("a", minute(minute), 10 + minute)).isEmpty();
        }

        // When
        Optional<Forecast> first = live.push("a", minute(15), Float.NaN);
        Optional<Forecast> older = live.push("a", minute(11), 50);
        Optional<Forecast> next = live.push("a", minute(20), Float.NaN);
        Optional<Forecast> again = live.push("a", minute(24), 70);

        // Then
        assertThat(first.orElseThrow().values()).containsExactly(20, 20);
        assertThat(first.orElseThrow().observed()).isEqualTo(3);
        assertThat(older).isEmpty();
        assertThat(next.orElseThrow().values()).containsExactly(50, 50);
        assertThat(again).isEmpty();
        assertThat(live.push("a", minute(25), Float.NaN).orElseThrow().values()).containsExactly(70, 70);
    }

    @Test
    void abstainsWithoutObservations() {
        // Given
        LiveForecaster live = persistence();

        // When
        Forecast[] found = new Forecast[1];
        for (int minute = 0; minute < 20; minute += 5) {
            live.push("a", minute(minute), Float.NaN).ifPresent(forecast -> found[0] = forecast);
        }

        // Then
        assertThat(found[0].abstained()).isTrue();
        assertThat(found[0].observed()).isZero();
        assertThat(found[0].lookback()).isEqualTo(4);
    }

    @Test
    void refusesValuesThatAreNoReadingAndAnotherHorizon() {
        // Given
        LiveForecaster live = persistence();

        // When / Then
        assertThatThrownBy(() -> live.push("a", minute(0), 1, 2))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("sensor a: must have 1 values")
                .hasMessageEndingWith("found 2");
        assertThatThrownBy(() -> live.push("a", minute(0), Float.NEGATIVE_INFINITY))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("sensor a: values must be finite or NaN, found -Infinity");
        assertThatThrownBy(() -> new LiveForecaster(PLAIN, new Persistence(3, 0), SeasonalStates.of(PLAIN)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("forecaster persistence: its horizon must be 2, that of network made-up, found 3");
        assertThat(Arrays.asList(minute(0), minute(5), minute(10)))
                .allSatisfy(time -> assertThat(live.push("a", time, 1)).isEmpty());
    }
}
