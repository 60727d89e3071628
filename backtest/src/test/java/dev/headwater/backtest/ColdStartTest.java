package dev.headwater.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.headwater.forecasting.Forecaster;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import dev.headwater.forecasting.window.WindowBatch;
import dev.headwater.streams.ServedModel;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ColdStartTest {

    private static final SensorNetwork CITY = NetworkFile.load("simulated-city");
    private static final int DAY = 288;

    /// Misses by 1 while the profile is borrowed, and not otherwise.
    private record Teller(String name) implements Forecaster {

        @Override
        public int horizon() {
            return 12;
        }

        @Override
        public void forecast(WindowBatch batch, float[] out) {
            for (int w = 0; w < batch.count(); w++) {
                Arrays.fill(out, 12 * w, 12 * (w + 1), batch.borrows(w) ? 51 : 50);
            }
        }
    }

    private static ServedModel teller(String name) {
        return new ServedModel(new Teller(name), null, SeasonalStates.of(CITY));
    }

    /// Three sensors that always report the same.
    private static Series still(int days) {
        Series.Builder builder = new Series.Builder(CITY);
        for (int slot = 0; slot < DAY * days; slot++) {
            for (String sensor : List.of("a", "b", "c")) {
                builder.add(sensor, 4_970_000 + slot, new float[] {50});
            }
        }
        return builder.build();
    }

    @Test
    void newSensorsBorrowForFourteenDaysAndThoseWithAHistoryDoNot() {
        // Given 120 days, of which the last 36 follow the training part
        ColdStart study = new ColdStart(still(120), Set.of("b"));
        long[] done = {0};

        // When
        AgeReport report = study.run(teller("new"), teller("known"), now -> done[0] = now);

        // Then
        assertThat(report.sensors()).isEqualTo(1);
        assertThat(report.starts()).isEqualTo(2);
        assertThat(report.ages())
                .filteredOn(age -> age.from() == age.to() && age.from() != 14) // on the 14th day it ends
                .extracting(AgeReport.Age::from, AgeReport.Age::mae, AgeReport.Age::persistence, AgeReport.Age::beside)
                .containsExactly(
                        tuple(1, 1.0, 0.0, 0.0),
                        tuple(3, 1.0, 0.0, 0.0),
                        tuple(7, 1.0, 0.0, 0.0),
                        tuple(28, 0.0, 0.0, 0.0));
        assertThat(report.ages().getFirst().windows()).isEqualTo(2 * (DAY - 11)); // from the first full window on
        assertThat(done[0]).isEqualTo(study.windows() - 11);
    }

    @Test
    void aHistoryThatIsTooShortIsRefused() {
        assertThatThrownBy(() -> new ColdStart(still(60), Set.of("b")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("28 days must follow the training part");
    }
}
