package dev.headwater.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.Forecast.Interval;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ForecastCodecTest {

    private static final long ISSUED = Instant.parse("2017-05-25T07:00:00Z").toEpochMilli();
    private static final String GOOD = """
            {"sensor":"a","issuedAt":"2017-05-25T07:00:00Z","intervalSeconds":0.25,"values":[1.5,2.0,null],\
            "lower":[1.0,1.0,1.0],"upper":[2.0,3.0,4.0],"level":0.8,"observed":3,"lookback":4,"model":"gru@3"}""";
    private static final String FULL = GOOD.replace(
                    "\"level\":0.8",
                    "\"level\":0.8,\"wider\":[{\"lower\":[0.0,0.0,0.0],\"upper\":[9.0,9.0,9.0],\"level\":0.95}]")
            .replace("\"gru@3\"", "\"gru@3\",\"artefact\":\"0123456789ab\",\"profile\":\"borrowed\"");

    private final ForecastCodec codec = new ForecastCodec(Networks.WEATHER);

    @Test
    void writesTheDocumentedJson() {
        // Given a forecast with an interval, whose last step is NaN
        Interval interval = new Interval(0.8, new float[] {1, 1, 1}, new float[] {2, 3, 4});
        Forecast forecast = forecast(new float[] {1.5f, 2, Float.NaN}, interval);
        // When written / Then
        assertThat(text(forecast)).isEqualTo(GOOD);
        assertThat(Forecasts.line(codec.decode(bytes(GOOD)))).isEqualTo(Forecasts.line(forecast));
        // And one with a wider interval, the artefact of its model, and a borrowed profile
        Interval wide = new Interval(0.95, new float[3], new float[] {9, 9, 9});
        Forecast full = new Forecast(
                "a", ISSUED, forecast.values(), List.of(interval, wide), 3, 4, "gru@3", "0123456789ab", true);
        assertThat(text(full)).isEqualTo(FULL);
        assertThat(Forecasts.line(codec.decode(bytes(FULL)))).isEqualTo(Forecasts.line(full));
    }

    @Test
    void saysWhyItAbstained() {
        // Given a forecast without values
        Forecast abstained = new Forecast("a", ISSUED, new float[0], List.of(), 0, 4, "gru@3", "", false);
        Forecast failed = new Forecast("a", ISSUED, new float[0], List.of(), 4, 4, "gru@3", "", false);
        // When written / Then it says so, and reads back
        assertThat(text(failed)).endsWith("\"abstained\":\"the model gave no numbers\"}");
        assertThat(text(abstained)).contains("\"values\":[]").endsWith("\"abstained\":\"0 of 4 slots observed\"}");
        assertThat(Forecasts.line(codec.decode(codec.encode(abstained)))).isEqualTo(Forecasts.line(abstained));
    }

    @ParameterizedTest
    @EnumSource
    void bringsBackWhatWasWritten(ValueFormat format) {
        Random random = new Random(3);
        ForecastEncoder encoder = codec.encoder(format);
        for (int i = 0; i < 5_000; i++) {
            // Given a forecast of any numbers, sensor names and times
            Forecast forecast = Forecasts.any(random, 3);
            // When it is written, by what has written others, and read / Then it is the same
            byte[] bytes = encoder.encode(forecast);
            assertThat(Forecasts.line(codec.decode(bytes))).isEqualTo(Forecasts.line(forecast));
            assertThat(bytes).isEqualTo(codec.encode(forecast, format));
        }
    }

    @Test
    void holdsAValueToItsHeader() {
        // Given
        Forecast forecast = forecast(new float[3], null);
        byte[] json = codec.encode(forecast, ValueFormat.JSON);
        byte[] binary = codec.encode(forecast, ValueFormat.BINARY);

        // Then without a header the value tells; a header must fit it
        assertThat(Forecasts.line(codec.decode(binary, new RecordHeaders()))).isEqualTo(Forecasts.line(forecast));
        assertThat(Forecasts.line(codec.decode(json, new RecordHeaders()))).isEqualTo(Forecasts.line(forecast));
        assertThat(Forecasts.line(codec.decode(binary, header("binary")))).isEqualTo(Forecasts.line(forecast));
        assertThat(Forecasts.line(codec.decode(json, header("json")))).isEqualTo(Forecasts.line(forecast));
        assertBad("binary: must begin with 0x9F, found 0x7B", () -> codec.decode(json, header("binary")));
        assertBad("not JSON: at byte 1", () -> codec.decode(binary, header("json")));
        assertBad(
                "header headwater-format: must be json or binary, found 'avro'",
                () -> codec.decode(json, header("avro")));
        assertBad("no value", () -> codec.decode(null, header("binary")));
        assertBad("no value", () -> codec.decode(new byte[0], header("json")));
    }

    private static Headers header(String word) {
        return new RecordHeaders().add(ValueFormat.HEADER, bytes(word));
    }

    private static void assertBad(String message, ThrowingCallable decoding) {
        assertThatThrownBy(decoding).isInstanceOf(BadForecastException.class).hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"sensor\":\"a\" | \"sensor\":7 | sensor: must be a text that is not empty, found '7'",
                "\"sensor\":\"a\", | `` | sensor: must be there, found none",
                "2017-05-25T07:00:00Z | 2017-05-25 07:00 | issuedAt: must be a time such as 2017-05-25T07:00:00Z, found '2017-05-25 07:00'",
                "2017-05-25T07:00:00Z | +1000000000-01-01T00:00:00Z | issuedAt: must be a time",
                "[1.5,2.0,null] | [1.5,2.0] | values: must be none or 3, found 2",
                "[1.5,2.0,null] | [1.5,2.0,1,1] | values: must be at most 3 numbers, found more",
                "[1.5,2.0,null] | [1.5,2.0,\"1\"] | values: must be a list of finite numbers or null, found '1'",
                "[1.5,2.0,null] | [1.5,2.0,1e39] | values: must be a list of finite numbers or null, found '1e39'",
                "[1.5,2.0,null] | 1.5 | values: must be a list of numbers, found '1.5'",
                "\"lower\":[1.0,1.0,1.0], | `` | lower: must be there, found none",
                "\"level\":0.8, | `` | level: must be there, found none",
                "[2.0,3.0,4.0] | [] | lower, upper: must have one bound per value, found 3 and 0 for 3",
                "0.8 | 1.0 | level: must be a probability between 0 and 1, found '1.0'",
                "\"observed\":3 | \"observed\":5 | observed: must be at most lookback 4, found 5",
                "\"observed\":3 | \"observed\":-1 | observed: must be a whole number from 0, found '-1'",
                "\"observed\":3 | \"observed\":99999999999 | observed: must be a whole number below 2^31, found '99999999999'",
                "\"observed\":3 | \"observed\":2.5 | observed: must be a whole number from 0, found '2.5'",
                "\"level\":0.8 | \"level\":0.8,\"wider\":{} | wider: must be a list of intervals",
                "\"level\":0.8 | \"level\":0.8,\"wider\":[7] | wider: must be a list of intervals, found '7'",
                "\"level\":0.8 | \"level\":0.8,\"wider\":[{\"level\":0.9}] | lower: must be there, found none",
                "\"gru@3\"} | \"gru@3\"} 1 | not JSON: more after the object",
                "\"gru@3\"} | \"gru@3\" | not JSON:",
            })
    void saysWhatIsWrong(String from, String to, String message) {
        assertThat(GOOD).contains(from);
        assertThatThrownBy(() -> codec.decode(bytes(GOOD.replace(from, to))))
                .isInstanceOf(BadForecastException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void throwsNothingButBadForecastWhateverTheBytes() {
        Random random = new Random(4);
        for (int i = 0; i < 50_000; i++) {
            // Given random bytes or a damaged forecast / When read / Then it is a forecast or a bad one
            byte[] bytes = i % 5 == 0 ? Fuzz.random(random) : Fuzz.damage(bytes(FULL), random);
            try {
                assertThat(codec.decode(bytes).values()).hasSizeLessThanOrEqualTo(3);
            } catch (BadForecastException e) {
                assertThat(e.getMessage()).hasLineCount(1).hasSizeLessThan(300);
            }
        }
        assertThatThrownBy(() -> codec.decode(null)).isInstanceOf(BadForecastException.class);
    }

    @Test
    void refusesToWriteAnotherHorizon() {
        Interval narrow = new Interval(0.8, new float[2], new float[3]);
        assertThatThrownBy(() -> codec.encode(forecast(new float[2], null)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> codec.encode(forecast(new float[3], narrow)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Forecast forecast(float[] values, @Nullable Interval interval) {
        List<Interval> intervals = interval == null ? List.of() : List.of(interval);
        return new Forecast("a", ISSUED, values, intervals, 3, 4, "gru@3", "", false);
    }

    private String text(Forecast forecast) {
        return new String(codec.encode(forecast), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
