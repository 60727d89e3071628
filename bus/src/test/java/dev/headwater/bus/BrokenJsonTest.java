package dev.headwater.bus;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.network.NetworkFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Dead letters say why a value was refused, in Headwater's own words, with the position and the text found.
class BrokenJsonTest {

    private static final List<String> FORBIDDEN = List.of(
            "Unexpected",
            "Unrecognized",
            "token",
            "Source",
            "REDACTED",
            "expecting",
            "Exception",
            "java",
            "Stream",
            "code ",
            "start marker",
            "Numeric value",
            "Invalid",
            "column");

    private static final ReadingCodec READINGS = new ReadingCodec(NetworkFile.load("pems-bay"));
    private static final ForecastCodec FORECASTS = new ForecastCodec(NetworkFile.load("pems-bay"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"speed\": 71.4 | not JSON: breaks off after byte 14",
                "{\"speed\" | not JSON: breaks off after byte 8",
                "{\"speed\": \"71 | not JSON: breaks off after byte 13",
                "{speed: 71.4} | not JSON: at byte 1, near '{speed: 71.'",
                "{\"speed\": fast} | not JSON: at byte 10, near '{\"speed\": fast}'",
                "{\"speed\": 71,4} | not JSON: at byte 13, near 'peed\": 71,4}'",
                "{\"speed\": 071} | not JSON: at byte 11, near '\"speed\": 071}'",
                "{\"speed\": .5} | not JSON: at byte 10, near '{\"speed\": .5}'",
                "{\"speed\": NaN} | not JSON: at byte 13, near 'peed\": NaN}'",
                "{'speed': 1} | not JSON: at byte 1, near '{'speed': 1'",
                "{\"speed\": 1} {} | not JSON: more after the object",
                "{\"speed\": 1]} | not JSON: at byte 11, near '\"speed\": 1]}'",
                "{\"speed\": 1e999} | speed: must fit a float32, found '1e999'",
                "{\"speed\": \"NA\"} | speed: must be a number or null, found 'NA'",
                "{\"speed\": true} | speed: must be a number or null, found 'true'",
            })
    void namesThePlaceAndWhatWasFound(String value, String message) {
        // Given
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);

        // Then
        assertThatThrownBy(() -> READINGS.decode(bytes))
                .isInstanceOf(BadReadingException.class)
                .hasMessage(message)
                .message()
                .doesNotContain(FORBIDDEN);
        if (message.startsWith("not JSON")) {
            assertThatThrownBy(() -> FORECASTS.decode(bytes))
                    .isInstanceOf(BadForecastException.class)
                    .hasMessageStartingWith("not JSON")
                    .message()
                    .doesNotContain(FORBIDDEN);
        }
    }

    @Test
    void bearsNestingAndBytesThatAreNoText() {
        // Given
        byte[] deep = ("{\"a\":" + "[".repeat(5_000)).getBytes(StandardCharsets.UTF_8);
        byte[] latin = "{\"spe\u00e9d\": 1}".getBytes(StandardCharsets.ISO_8859_1);

        // Then
        for (byte[] value : List.of(deep, latin)) {
            assertThatThrownBy(() -> READINGS.decode(value))
                    .isInstanceOf(BadReadingException.class)
                    .hasMessageStartingWith("not JSON: ")
                    .message()
                    .hasLineCount(1)
                    .doesNotContain(FORBIDDEN);
        }
    }
}
