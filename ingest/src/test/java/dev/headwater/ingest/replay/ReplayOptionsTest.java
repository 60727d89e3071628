package dev.headwater.ingest.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReplayOptionsTest {

    private static final SensorNetwork NETWORK = NetworkFile.load("pems-bay");

    @Test
    void takesRangesByTheClockOfTheNetworkOrAsStated() {
        ReplayOptions options = ReplayOptions.all(Speed.MAX).between("2017-05-01", "2017-05-02T07:05Z", NETWORK);
        assertThat(options.from())
                .isEqualTo(Instant.parse("2017-05-01T07:00:00Z").toEpochMilli() / 300_000);
        assertThat(options.to() - options.from()).isEqualTo(289);
        ReplayOptions open = ReplayOptions.all(Speed.MAX).between(null, null, NETWORK);
        assertThat(open).isEqualTo(ReplayOptions.all(Speed.MAX));
    }

    @Test
    void refusesWhatIsNoRange() {
        ReplayOptions all = ReplayOptions.all(Speed.MAX);
        assertThatThrownBy(() -> all.between("may", null, NETWORK))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "start: must be a time stamp such as 2017-01-31 23:55 or 2017-02-01T07:55:00Z, found 'may'");
        assertThatThrownBy(() -> all.between("2017-05-01", "2017-05-01", NETWORK))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("end: must be after start 2017-05-01, found 2017-05-01");
    }
}
