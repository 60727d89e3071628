package dev.headwater.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.lab.data.LabData.Example;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrafficContinuationTest {

    private static final int ROUNDS = 5;

    @ParameterizedTest
    @CsvSource({"4, 2", "3, 3", "2, 5"})
    void afterPerfectForecastsTheNextInputIsThatOfTheData(int lookback, int horizon) {
        // Given
        TrafficData traffic = TrafficData.of(TrafficFixtures.series(lookback, horizon));
        Dataset data = traffic.dataset();
        Continuation continuation = traffic.continuation();
        int first = data.train().size() + data.validation().size(); // slot of the oldest reading of the test
        float[] input = continuation.start();
        assertThat(input).containsExactly(LabData.example(data, data.test(), 0).input());
        for (int round = 0; round < ROUNDS; round++) {
            // When the output is what came
            Example now = LabData.example(data, data.test(), round * horizon);
            float[] generated = continuation.advance(input, now.target());
            // Then the input is that of one horizon later, and the values are those of the first sensor
            Example next = LabData.example(data, data.test(), (round + 1) * horizon);
            assertThat(input).containsExactly(next.input(), within(2e-4f));
            for (int step = 0; step < horizon; step++) {
                int slot = first + round * horizon + lookback + step;
                assertThat(generated[step]).isEqualTo(TrafficFixtures.filled(slot, 0), within(1e-4f));
            }
        }
    }

    @Test
    void showsTheRealSeries() {
        // Given
        TrafficData traffic = TrafficData.of(TrafficFixtures.series(4, 2));
        int first = traffic.dataset().train().size()
                + traffic.dataset().validation().size();
        // When
        float[] given = traffic.continuation().given();
        float[] truth = traffic.continuation().truth(7);
        // Then the truth follows on what was given
        assertThat(given).hasSize(4);
        assertThat(truth).hasSize(7);
        for (int i = 0; i < 4; i++) {
            assertThat(given[i]).isEqualTo(TrafficFixtures.filled(first + i, 0));
        }
        for (int i = 0; i < 7; i++) {
            assertThat(truth[i]).isEqualTo(TrafficFixtures.filled(first + 4 + i, 0));
        }
    }

    @Test
    void goesOnToTheEndOfTheDataAndNotBeyond() {
        // Given
        TrafficData traffic = TrafficData.of(TrafficFixtures.series(4, 2));
        Continuation continuation = traffic.continuation();
        int most = TrafficFixtures.SLOTS - 490 - 70 - 4;
        // When all of it is generated
        float[] input = continuation.start();
        for (int done = 0; done < most; done += 2) {
            continuation.advance(input, new float[2 * TrafficFixtures.SENSORS]);
        }
        // Then a value more is refused
        assertThat(continuation.truth(most)).hasSize(most);
        assertThatThrownBy(() -> continuation.truth(most + 1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("generate.steps: must be at most 141, found 142");
    }
}
