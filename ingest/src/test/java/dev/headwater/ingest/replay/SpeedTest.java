package dev.headwater.ingest.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.forecasting.InvalidInputException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpeedTest {

    @ParameterizedTest
    @CsvSource({"1x, 1", "300x, 300", "0.5x, 0.5", "max, Infinity"})
    void readsMultiplesOfRealTimeAndMax(String text, double factor) {
        assertThat(Speed.parse(text)).isEqualTo(new Speed(factor));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "300", "x", "0x", "0.0x", "-1x", "1e3x", "fast", "MAX", " 1x", "1.x", "1xx", "NaNx"})
    void refusesAnythingElse(String text) {
        assertThatThrownBy(() -> Speed.parse(text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("must be a multiple of real time such as 1x or 300x, or max, found '" + text + "'");
    }

    @Test
    void isDueByTheCountOfSlotsSoThatNothingDrifts() {
        Duration fiveMinutes = Duration.ofMinutes(5);
        assertThat(Speed.parse("300x").dueNanos(0, fiveMinutes)).isZero();
        assertThat(Speed.parse("300x").dueNanos(1, fiveMinutes)).isEqualTo(1_000_000_000L);
        assertThat(Speed.parse("7x").dueNanos(700_000, fiveMinutes)).isCloseTo(30_000_000_000_000_000L, within(1000L));
        assertThat(Speed.MAX.dueNanos(1_000_000, fiveMinutes)).isZero();
    }
}
