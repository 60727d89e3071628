package dev.headwater.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.bus.Limits.Ahead;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.NetworkBuilder;
import dev.headwater.forecasting.network.SensorNetwork;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTest {

    private static final long NOW = 1_700_000_000_000L;

    private static long ahead(Limits limits, String interval) {
        SensorNetwork network =
                new NetworkBuilder("n").interval(Duration.parse(interval)).build();
        return limits.latest(network, NOW) - NOW;
    }

    @ParameterizedTest
    @CsvSource({
        "PT0.02S, PT1M", // the minimum, not 60 ms
        "PT20S, PT1M",
        "PT5M, PT15M",
        "PT1H, PT3H",
        "P1D, P3D"
    })
    void threeIntervalsAheadAreAllowedAndAtLeastAMinute(String interval, String expected) {
        assertThat(ahead(Limits.DEFAULT, interval))
                .isEqualTo(Duration.parse(expected).toMillis());
    }

    @Test
    void aTimeOrAnyTimeCanBeAllowed() {
        assertThat(ahead(new Limits(new Ahead.Time(Duration.ofSeconds(5)), 0), "P1D"))
                .isEqualTo(5_000);
        assertThat(ahead(Limits.ANY_TIME, "PT5M"))
                .isGreaterThan(Duration.ofDays(2_000_000).toMillis());
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> new Limits(new Ahead.Time(Duration.ofSeconds(-1)), 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("ahead of the clock");
        assertThatThrownBy(() -> new Limits(new Ahead.Any(), -1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("silent after");
    }
}
