package dev.headwater.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReadingCodecTest {

    private static final float NAN = Float.NaN;
    private static final float[] EDGES = {
        0f,
        -0f,
        1f,
        71.4f,
        -40.25f,
        NAN,
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        Float.MIN_NORMAL,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        16_777_216f,
        0.1f,
        1e7f,
        1e-3f,
        9.999999e9f
    };

    private final ReadingCodec pems = new ReadingCodec(Networks.PEMS);
    private final ReadingCodec weather = new ReadingCodec(Networks.WEATHER);

    @Test
    void writesTheShortestJson() {
        // Given a float that is 71.40000153 as a double
        float[] values = {71.4f};
        // When written as JSON / Then it has the digits of the float, and a missing one is null
        assertThat(text(pems.encode(values, ValueFormat.JSON))).isEqualTo("{\"speed\":71.4}");
        assertThat(text(pems.encode(new float[] {NAN}, ValueFormat.JSON))).isEqualTo("{\"speed\":null}");
    }

    @Test
    void writesTheDocumentedBinary() {
        // Given / When
        byte[] bytes = weather.encode(new float[] {1f, -2f, NAN}, ValueFormat.BINARY);
        // Then magic, version, big-endian float32s
        ByteBuffer expected = ByteBuffer.allocate(14).put((byte) 0x9E).put((byte) 1);
        expected.putFloat(1f).putFloat(-2f).putFloat(NAN);
        assertThat(bytes).isEqualTo(expected.array());
    }

    @ParameterizedTest
    @EnumSource
    void bringsBackWhatWasWritten(ValueFormat format) {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            // Given values from the edges and from all bit patterns
            float[] values = {any(random), any(random), any(random)};
            // When written and read, with and without the header
            byte[] bytes = weather.encode(values, format);
            // Then they are the same to the bit
            assertThat(weather.decode(bytes)).isEqualTo(values);
            assertThat(weather.decode(bytes, header(format.word()))).isEqualTo(values);
        }
    }

    @Test
    void readsTheNumbersThatAPlainParserReads() {
        // Given number texts with more digits than a float holds, where rounding twice would show
        JsonMapper oracle = new JsonMapper();
        Random random = new Random(8);
        for (int i = 0; i < 5_000; i++) {
            String number = new java.math.BigDecimal(any(random) == 0 ? 1 : random.nextGaussian())
                    .scaleByPowerOfTen(random.nextInt(-30, 30))
                    .toString();
            String json = "{\"temperature\": " + number + "}";
            // When read / Then it is the float of the JDK and of a tree parser
            JsonNode node = oracle.readTree(json).get("temperature");
            assertThat(weather.decode(json.getBytes(StandardCharsets.UTF_8))[0])
                    .as(number)
                    .isEqualTo(Float.parseFloat(number))
                    .isEqualTo(node.floatValue());
        }
    }

    @Test
    void takesWhatOtherProducersSend() {
        // Given blanks before, measures in another order, a later duplicate, and unknown fields
        String json =
                " \n\t{\"station\":{\"speed\":[1,{}]},\"rain-rate\":0.5,\"wind\":null,\"rain-rate\":2,\"x\":[[]]} ";
        // When read / Then the measures are there, the absent one is missing, the last of two wins
        assertThat(weather.decode(bytes(json))).isEqualTo(new float[] {NAN, NAN, 2f});
        assertThat(weather.decode(bytes("{}"))).isEqualTo(new float[] {NAN, NAN, NAN});
    }

    @Test
    void readsTheSentinelOfAMeasureAsMissing() {
        // Given PEMS, which writes 0 for "no reading" / When read in either form / Then it is missing
        assertThat(pems.decode(bytes("{\"speed\":0}"))).isEqualTo(new float[] {NAN});
        assertThat(pems.decode(pems.encode(new float[] {0}, ValueFormat.BINARY)))
                .isEqualTo(new float[] {NAN});
        assertThat(weather.decode(bytes("{\"wind\":-9999}"))).isEqualTo(new float[] {NAN, NAN, NAN});
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"speed\":\"71.4\"} | speed: must be a number or null, found '71.4'",
                "{\"speed\":true} | speed: must be a number or null, found 'true'",
                "{\"speed\":[71.4]} | speed: must be a number or null, found '['",
                "{\"speed\":{}} | speed: must be a number or null, found '{'",
                "{\"speed\":1e39} | speed: must fit a float32, found '1e39'",
                "{\"speed\":-1e999999} | speed: must fit a float32, found '-1e999999'",
                "{\"speed\":NaN} | not JSON:",
                "{\"speed\":71.4 | not JSON:",
                "{\"speed\" | not JSON:",
                "{\"speed\": | not JSON:",
                "{ | not JSON:",
                "{speed:1} | not JSON:",
                "{\"speed\":71,} | not JSON:",
                "{\"speed\":071} | not JSON:",
                "{\"speed\":71} {} | not JSON: more after the object",
                "[71.4] | neither a JSON object nor the binary form: begins with '[71.4]'",
                "71.4 | neither a JSON object nor the binary form: begins with '71.4'",
                "speed | neither a JSON object nor the binary form: begins with 'speed'",
            })
    void saysWhatIsWrongWithText(String json, String message) {
        assertThatThrownBy(() -> pems.decode(bytes(json)))
                .isInstanceOf(BadReadingException.class)
                .hasMessageStartingWith(message)
                .message()
                .hasLineCount(1);
    }

    @Test
    void takesALongIntegerOnlyWhenAFloatHoldsIt() {
        // Given an integer of 38 digits, which a float holds, and one of 60, which none holds
        float[] read = new ReadingCodec(Networks.WEATHER).decode(bytes("{\"wind\":" + "1".repeat(38) + "}"));
        assertThat(read[1]).isEqualTo(1.1111111e37f);
        // When read / Then the other is refused
        assertBad(
                bytes("{\"speed\":" + "1".repeat(60) + "}"),
                "speed: must fit a float32, found '" + "1".repeat(60) + "'");
    }

    @Test
    void refusesWhatCannotBeTrue() {
        // Given values at the bounds of the shipped network, beyond them, and the code for missing / When read
        // / Then
        assertThat(pems.decode(bytes("{\"speed\": 200}"))).containsExactly(200f);
        assertThat(pems.decode(bytes("{\"speed\": 0}"))).containsExactly(Float.NaN);
        assertBad(bytes("{\"speed\": 200.1}"), "speed: must be from 0.0 to 200.0, found 200.1");
        assertBad(bytes("{\"speed\": -1}"), "speed: must be from 0.0 to 200.0, found -1.0");
    }

    @Test
    void saysWhatIsWrongWithBinary() {
        byte[] good = pems.encode(new float[] {71.4f}, ValueFormat.BINARY);
        // Given values that are cut, long, of another version, infinite, absent / When read / Then each is refused
        assertBad(Arrays.copyOf(good, 5), "binary: must have 6 bytes for 1 measures, found 5");
        assertBad(Arrays.copyOf(good, 7), "binary: must have 6 bytes for 1 measures, found 7");
        assertBad(Arrays.copyOf(good, 1), "binary: must have 6 bytes for 1 measures, found 1");
        assertBad(new byte[] {(byte) 0x9E, 2, 0, 0, 0, 0}, "binary: must be of version 1, found 2");
        assertBad(new byte[] {(byte) 0x9E, 1, 0x7F, (byte) 0x80, 0, 0}, "speed: must be finite, found Infinity");
        assertBad(new byte[0], "no value");
        assertBad(bytes(" \n"), "neither a JSON object nor the binary form: only blanks");
    }

    @Test
    void holdsAValueToItsHeader() {
        // Given a header that does not fit the value, or no form at all / When read / Then the reading is bad
        byte[] binary = pems.encode(new float[] {71.4f}, ValueFormat.BINARY);
        byte[] json = pems.encode(new float[] {71.4f}, ValueFormat.JSON);
        assertThatThrownBy(() -> pems.decode(json, header("binary")))
                .isInstanceOf(BadReadingException.class)
                .hasMessage("binary: must begin with 0x9E, found 0x7B");
        assertThatThrownBy(() -> pems.decode(binary, header("json")))
                .isInstanceOf(BadReadingException.class)
                .hasMessageStartingWith("not JSON");
        assertThatThrownBy(() -> pems.decode(json, header("avro")))
                .isInstanceOf(BadReadingException.class)
                .hasMessage("header headwater-format: must be json or binary, found 'avro'");
        assertThatThrownBy(() -> pems.decode(null, header("json"))).isInstanceOf(BadReadingException.class);
    }

    @Test
    void refusesToWriteWhatNobodyCouldRead() {
        assertThatThrownBy(() -> pems.encode(new float[] {Float.POSITIVE_INFINITY}, ValueFormat.JSON))
                .isInstanceOf(BadReadingException.class)
                .hasMessage("speed: must be finite, found Infinity");
        assertThatThrownBy(() -> pems.encode(new float[2], ValueFormat.BINARY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource
    void throwsNothingButBadReadingWhateverTheBytes(ValueFormat format) {
        Random random = new Random(9);
        int bad = 0;
        for (int i = 0; i < 100_000; i++) {
            // Given random bytes, or a good value with a few bytes broken, cut or added
            byte[] bytes = i % 4 == 0 ? Fuzz.random(random) : Fuzz.damage(goodValue(random, format), random);
            Headers headers = random.nextBoolean() ? new RecordHeaders() : header(format.word());
            // When read / Then it is a reading or a bad one
            try {
                assertThat(weather.decode(bytes, headers)).hasSize(3);
            } catch (BadReadingException e) {
                assertThat(e.getMessage()).hasLineCount(1).hasSizeLessThan(300);
                bad++;
            }
        }
        assertThat(bad).isGreaterThan(25_000);
    }

    @ParameterizedTest
    @EnumSource
    void travelsThroughKafkasInterfaces(ValueFormat format) {
        // Given
        float[] values = {71.4f};
        var headers = new RecordHeaders();
        ReadingCodec codec = new ReadingCodec(Networks.PEMS);
        // When serialised
        byte[] bytes = new ReadingSerializer(codec, format).serialize("t", headers, values);
        // Then the header says the form, once, and it reads back
        assertThat(ValueFormat.stated(headers)).contains(format);
        assertThat(headers.headers(ValueFormat.HEADER)).hasSize(1);
        assertThat(codec.decode(bytes, headers)).containsExactly(values);
    }

    private byte[] goodValue(Random random, ValueFormat format) {
        return weather.encode(new float[] {any(random), any(random), any(random)}, format);
    }

    /// An edge case or any finite bit pattern; patterns that are not finite become the canonical NaN.
    private static float any(Random random) {
        float value =
                random.nextInt(3) == 0 ? EDGES[random.nextInt(EDGES.length)] : Float.intBitsToFloat(random.nextInt());
        return Float.isFinite(value) ? value : NAN;
    }

    private void assertBad(byte[] bytes, String message) {
        assertThatThrownBy(() -> pems.decode(bytes))
                .isInstanceOf(BadReadingException.class)
                .hasMessage(message);
    }

    private static Headers header(String word) {
        return new RecordHeaders().add(ValueFormat.HEADER, bytes(word));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
