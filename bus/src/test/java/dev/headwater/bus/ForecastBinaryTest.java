package dev.headwater.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.Forecast.Interval;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The binary form of a forecast.
class ForecastBinaryTest {

    private static final long ISSUED = Instant.parse("2017-05-25T07:00:00Z").toEpochMilli();

    /// The bytes of [#full()]: what is on topics must be readable by every later version.
    private static final byte[] GOLDEN = HexFormat.of()
            .parseHex(
                    (
                    // magic, version, borrowed, has values
                    "9f010100"
                            // issued at, 250 ms from step to step, 3 of 4 slots, 3 steps, 2 intervals
                            + "0000015c3e67a980" + "00000000000000fa" + "00000003" + "00000004" + "0003" + "0002"
                            // 1.5, 2, no number
                            + "3fc00000" + "40000000" + "7fc00000"
                            // 0.8 and its bounds
                            + "3fe999999999999a" + "3f8000003f8000003f800000" + "400000004040000040800000"
                            // 0.95 and its bounds
                            + "3fee666666666666" + "000000008000000000000000" + "411000004110000041100000"
                            // sensor, model, artefact
                            + "0002c3a4" + "000567727540" + "33" + "0003616263"));

    private final ForecastCodec codec = new ForecastCodec(Networks.WEATHER);

    private static Forecast full() {
        Interval narrow = new Interval(0.8, new float[] {1, 1, 1}, new float[] {2, 3, 4});
        Interval wide = new Interval(0.95, new float[] {0, -0f, 0}, new float[] {9, 9, 9});
        float[] values = {1.5f, 2, Float.NaN};
        return new Forecast("ä", ISSUED, values, List.of(narrow, wide), 3, 4, "gru@3", "abc", true);
    }

    private static Forecast abstained(int observed) {
        return new Forecast("a", ISSUED, new float[0], List.of(), observed, 4, "gru@3", "", false);
    }

    private byte[] encoded(Forecast forecast) {
        return codec.encode(forecast, ValueFormat.BINARY);
    }

    /// The golden bytes with some of them replaced.
    private static byte[] with(int at, String hex) {
        byte[] replaced = HexFormat.of().parseHex(hex);
        byte[] bytes = GOLDEN.clone();
        System.arraycopy(replaced, 0, bytes, at, replaced.length);
        return bytes;
    }

    @Test
    void hasTheDocumentedBytes() {
        assertThat(encoded(full())).isEqualTo(GOLDEN);
        assertThat(Forecasts.line(codec.decode(GOLDEN))).isEqualTo(Forecasts.line(full()));
    }

    @Test
    void saysWhyItAbstained() {
        // When
        byte[] gaps = encoded(abstained(0));
        byte[] failed = encoded(abstained(4));

        // Then
        assertThat(gaps[3]).isEqualTo((byte) 1);
        assertThat(failed[3]).isEqualTo((byte) 2);
        assertThat(Forecasts.line(codec.decode(gaps))).isEqualTo(Forecasts.line(abstained(0)));
        assertThat(Forecasts.line(codec.decode(failed))).isEqualTo(Forecasts.line(abstained(4)));
    }

    @Test
    void passesOverWhatALaterVersionMaySay() {
        // Given more bytes at the end, and more bits
        byte[] longer = Arrays.copyOf(GOLDEN, GOLDEN.length + 7);
        byte[] flags = with(2, "ff");

        // Then
        assertThat(Forecasts.line(codec.decode(longer))).isEqualTo(Forecasts.line(full()));
        assertThat(Forecasts.line(codec.decode(flags))).isEqualTo(Forecasts.line(full()));
    }

    @Test
    void writesWhatIsNotFiniteAsNoNumber() {
        // Given
        float[] values = {Float.POSITIVE_INFINITY, Float.intBitsToFloat(0xFFFF_FFFF), 1};
        Forecast forecast = new Forecast("a", ISSUED, values, List.of(), 4, 4, "gru@3", "", false);

        // Then
        ByteBuffer bytes = ByteBuffer.wrap(encoded(forecast));
        assertThat(bytes.getInt(32)).isEqualTo(0x7FC0_0000);
        assertThat(bytes.getInt(36)).isEqualTo(0x7FC0_0000);
    }

    @Test
    void saysWhereItBreaksOff() {
        for (int length = 1; length < GOLDEN.length; length++) {
            byte[] cut = Arrays.copyOf(GOLDEN, length);
            assertThatThrownBy(() -> codec.decode(cut))
                    .isInstanceOf(BadForecastException.class)
                    .hasMessage("binary: breaks off after byte " + length);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | 02 | binary: must be of version 1, found 2",
                "3 | 01 | abstained: must be 0 with values and else say why, found 1 with 3 values",
                "12 | 0000000000000000 | time between steps: must be above 0 ms, found 0",
                "20 | 00000005 | observed: must be at most lookback 4, found 5",
                "20 | ffffffff | observed: must be from 0, found -1",
                "24 | 80000000 | lookback: must be from 0, found -2147483648",
                "28 | 0002 | values: must be none or 3, found 2",
                "28 | ffff | values: must be none or 3, found 65535",
                "28 | 0000 | abstained: must be 0 with values and else say why, found 0 with 0 values",
                "32 | 7f800000 | values: must be finite numbers or NaN, found Infinity",
                "44 | 3ff0000000000000 | level: must be a probability between 0 and 1, found 1.0",
                "44 | 7ff8000000000000 | level: must be a probability between 0 and 1, found NaN",
                "52 | ff800000 | lower: must be finite numbers or NaN, found -Infinity",
                "64 | 7f800000 | upper: must be finite numbers or NaN, found Infinity",
                "108 | 0002ffff | sensor: must be UTF-8, found",
                "108 | 00022020 | sensor: must be a text that is not empty, found ''",
                "108 | ffff | binary: breaks off after byte 124",
                "112 | 0000 | model: must be a text that is not empty, found ''",
            })
    void saysWhatIsWrong(int at, String hex, String message) {
        assertThatThrownBy(() -> codec.decode(with(at, hex)))
                .isInstanceOf(BadForecastException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void throwsNothingButBadForecastWhateverTheBytes() {
        Random random = new Random(4);
        for (int i = 0; i < 100_000; i++) {
            // Given random bytes behind a good head, or a damaged forecast / When read / Then it is a forecast or bad
            byte[] bytes = Fuzz.damage(i % 3 == 0 ? headed(random) : GOLDEN, random);
            try {
                assertThat(codec.decode(bytes).values().length).isIn(0, 3);
            } catch (BadForecastException e) {
                assertThat(e.getMessage()).hasLineCount(1).hasSizeLessThan(300);
            }
        }
    }

    private static byte[] headed(Random random) {
        byte[] bytes = new byte[2 + random.nextInt(200)];
        random.nextBytes(bytes);
        bytes[0] = GOLDEN[0];
        bytes[1] = GOLDEN[1];
        return bytes;
    }

    @Test
    void refusesToWriteWhatDoesNotFit() {
        Forecast large = new Forecast("a".repeat(65_536), 0, new float[3], List.of(), 4, 4, "m", "", false);
        Forecast largest = new Forecast("a".repeat(65_535), 0, new float[3], List.of(), 4, 4, "m", "", false);
        assertThatThrownBy(() -> encoded(large))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a text has at most 65535 bytes, found 65536");
        assertThat(codec.decode(encoded(largest)).sensor()).hasSize(65_535);
    }
}
