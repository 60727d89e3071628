package dev.headwater.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.Forecast.Interval;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForecastCodecTest {

    private static final long ISSUED = Instant.parse("2017-05-25T07:00:00Z").toEpochMilli();
    private static final String GOOD = """
            {"sensor":"a","issuedAt":"2017-05-25T07:00:00Z","intervalSeconds":0.25,"values":[1.5,2.0,null],\
            "lower":[1.0,1.0,1.0],"upper":[2.0,3.0,4.0],"level":0.8,"observed":3,"lookback":4,"model":"gru@3"}""";

    private final ForecastCodec codec = new ForecastCodec(Networks.WEATHER);

    @Test
    void writesTheDocumentedJson() {
        // Given a forecast with an interval, whose last step is NaN
        Interval interval = new Interval(0.8, new float[] {1, 1, 1}, new float[] {2, 3, 4});
        Forecast forecast = forecast(new float[] {1.5f, 2, Float.NaN}, interval);
        // When written / Then
        assertThat(text(forecast)).isEqualTo(GOOD);
        assertThat(line(codec.decode(bytes(GOOD)))).isEqualTo(line(forecast));
    }

    @Test
    void saysWhyItAbstained() {
        // Given a forecast without values
        Forecast abstained = new Forecast("a", ISSUED, new float[0], null, 0, 4, "gru@3");
        Forecast failed = new Forecast("a", ISSUED, new float[0], null, 4, 4, "gru@3");
        // When written / Then it says so, and reads back
        assertThat(text(failed)).endsWith("\"abstained\":\"the model gave no numbers\"}");
        assertThat(text(abstained)).contains("\"values\":[]").endsWith("\"abstained\":\"0 of 4 slots observed\"}");
        assertThat(line(codec.decode(codec.encode(abstained)))).isEqualTo(line(abstained));
    }

    @Test
    void bringsBackWhatWasWritten() {
        Random random = new Random(3);
        for (int i = 0; i < 5_000; i++) {
            // Given a forecast of any numbers, sensor names and times
            Interval interval = i % 2 == 0 ? null : new Interval(0.5, steps(random), steps(random));
            Forecast forecast = new Forecast(
                    "\"ä\n" + i, random.nextLong(1L << 45), steps(random), interval, random.nextInt(5), 4, "m@1");
            // When it is written and read / Then it is the same
            assertThat(line(codec.decode(codec.encode(forecast)))).isEqualTo(line(forecast));
        }
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
            byte[] bytes = i % 5 == 0 ? Fuzz.random(random) : Fuzz.damage(bytes(GOOD), random);
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
        return new Forecast("a", ISSUED, values, interval, 3, 4, "gru@3");
    }

    /// A whole forecast as text, for exact comparison: records compare arrays by identity, and no two floats
    /// have the same text.
    private static String line(Forecast forecast) {
        Interval interval = forecast.interval();
        String bounds = interval == null
                ? "none"
                : interval.level() + Arrays.toString(interval.lower()) + Arrays.toString(interval.upper());
        return String.join(
                "|",
                forecast.sensor(),
                Long.toString(forecast.issuedAt()),
                Arrays.toString(forecast.values()),
                bounds,
                forecast.observed() + "/" + forecast.lookback(),
                forecast.model());
    }

    private static float[] steps(Random random) {
        return new float[] {random.nextFloat(), (float) random.nextGaussian(0, 1e9), -Float.MIN_VALUE};
    }

    private String text(Forecast forecast) {
        return new String(codec.encode(forecast), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
