package dev.headwater.ingest.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StampClockTest {

    private final StampClock clock = new StampClock(ZoneId.of("America/Los_Angeles"));

    @ParameterizedTest
    @CsvSource({
        "2017-01-31 23:55, 2017-02-01T07:55:00Z",
        "2017-01-31 23:55:30, 2017-02-01T07:55:30Z",
        "2017-01-31T23:55:00.250, 2017-02-01T07:55:00.250Z",
        "2017-07-01 00:00, 2017-07-01T07:00:00Z",
        "2017-07-01, 2017-07-01T07:00:00Z",
        "2017-02-01T07:55Z, 2017-02-01T07:55:00Z",
        "2017-02-01 07:55:00+01:00, 2017-02-01T06:55:00Z",
        "2017-02-01T07:55:00-03:30, 2017-02-01T11:25:00Z",
    })
    void readsEverySpelling(String text, Instant expected) {
        assertThat(clock.millis(text, Long.MIN_VALUE)).isEqualTo(expected.toEpochMilli());
        assertThat(clock.remarks()).isEmpty();
    }

    @Test
    void tellsTheTwoPassesOfTheAutumnHourApartByOrder() {
        // Given the hour that came twice on 2017-11-05
        List<String> stamps = List.of(
                "2017-11-05 00:30",
                "2017-11-05 01:00",
                "2017-11-05 01:30",
                "2017-11-05 01:00",
                "2017-11-05 01:30",
                "2017-11-05 02:00");
        // When read in order
        List<Long> millis = new ArrayList<>();
        long previous = Long.MIN_VALUE;
        for (String stamp : stamps) {
            previous = clock.millis(stamp, previous);
            millis.add(previous);
        }
        // Then every step is half an hour
        long first = Instant.parse("2017-11-05T07:30:00Z").toEpochMilli();
        assertThat(millis)
                .containsExactly(
                        first,
                        first + 1_800_000,
                        first + 3_600_000,
                        first + 5_400_000,
                        first + 7_200_000,
                        first + 9_000_000);
    }

    @Test
    void remarksOnStampsInTheHourThatSpringSkips() {
        // Given, when
        long skipped = clock.millis("2017-03-12 02:30", Long.MIN_VALUE);
        // Then it is read with the offset before the change, and a remark says so
        assertThat(skipped).isEqualTo(Instant.parse("2017-03-12T10:30:00Z").toEpochMilli());
        assertThat(clock.remarks()).singleElement().asString().contains("1 time stamps", "America/Los_Angeles");
    }

    @Test
    void readsDatesWithPoints() {
        assertThat(clock.millis("31.01.2020 00:10:00", Long.MIN_VALUE))
                .isEqualTo(clock.millis("2020-01-31 00:10", Long.MIN_VALUE));
        assertThat(clock.millis("31.01.2020", Long.MIN_VALUE)).isEqualTo(clock.millis("2020-01-31", Long.MIN_VALUE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc",
                "2017-13-01",
                "2017-02-30 00:00",
                "01/01/2020 00:10:00",
                "32.01.2020 00:10:00",
                "1483228800",
                "2017-01-01 24:30"
            })
    void refusesOtherText(String text) {
        assertThatThrownBy(() -> clock.millis(text, Long.MIN_VALUE)).isInstanceOf(DateTimeException.class);
    }
}
