package dev.headwater.dashboard.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoardJsonTest {

    @ParameterizedTest
    @CsvSource({
        "America/Los_Angeles, America/Los_Angeles",
        "UTC+1, Etc/GMT-1",
        "-08:00, Etc/GMT+8",
        "UTC, UTC",
        "Z, UTC",
        "GMT0, UTC",
        "+05:30, +05:30",
    })
    void namesZonesAsBrowsersDo(String zone, String expected) {
        assertThat(BoardJson.zone(ZoneId.of(zone))).isEqualTo(expected);
    }
}
