package dev.headwater.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Random;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameCodecTest {

    private final FrameCodec codec = new FrameCodec(Networks.SPEECH, Objects.requireNonNull(Networks.SPEECH.audio()));

    private static short[] noise(Random random) {
        short[] frame = new short[320];
        for (int i = 0; i < frame.length; i++) {
            frame[i] = (short) random.nextInt();
        }
        return frame;
    }

    @Test
    void writesTheDocumentedBytesAndReadsThemBack() {
        // Given frames of any samples / When they travel through Kafka's interfaces
        Random random = new Random(2);
        for (int i = 0; i < 100; i++) {
            short[] frame = noise(random);
            RecordHeaders headers = new RecordHeaders();
            byte[] bytes = new FrameSerializer(codec).serialize("t", headers, frame);
            // Then the samples lie little-endian after the head, and come back
            assertThat(bytes).hasSize(643).startsWith(0x9E, 2, 1, frame[0] & 0xFF, frame[0] >> 8 & 0xFF);
            assertThat(codec.decode(bytes, headers)).containsExactly(frame);
            assertThat(new String(headers.lastHeader(ValueFormat.HEADER).value(), StandardCharsets.UTF_8))
                    .isEqualTo("binary");
        }
    }

    @Test
    void aFrameWithoutSamplesIsTheEndOfASource() {
        assertThat(codec.encode(new short[0])).containsExactly(0x9E, 2, 1);
        assertThat(codec.decode(codec.encode(new short[0]), new RecordHeaders()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7B7D | frame: must begin with 0x9E, found 0x7B",
                "9E | frame: must have a head of 3 bytes, found 1",
                "9E0142 | frame: must be of version 2, found 1",
                "9EFF01 | frame: must be of version 2, found 255",
                "9E0209 | frame: must be of kind 1 (PCM of 16 bits), found 9",
                "9E020100 | frame: must have 320 samples of 2 bytes or none, found 1 bytes",
            })
    void saysWhatIsWrong(String hex, String message) {
        byte[] bytes = java.util.HexFormat.of().parseHex(hex);
        assertThatThrownBy(() -> codec.decode(bytes, new RecordHeaders()))
                .isInstanceOf(BadReadingException.class)
                .hasMessage(message);
    }

    @Test
    void refusesOtherFormsAndSizes() {
        byte[] frame = codec.encode(new short[320]);
        RecordHeaders json = new RecordHeaders();
        ValueFormat.JSON.mark(json);
        assertThatThrownBy(() -> codec.decode(frame, json))
                .isInstanceOf(BadReadingException.class)
                .hasMessage("header headwater-format: a frame of sound must be binary, found json");
        assertThatThrownBy(() -> codec.decode(null, new RecordHeaders())).hasMessage("no value");
        assertThatThrownBy(() -> codec.decode(new byte[0], new RecordHeaders())).hasMessage("no value");
        assertThatThrownBy(() -> codec.decode(java.util.Arrays.copyOf(frame, 645)))
                .hasMessage("frame: must have 320 samples of 2 bytes or none, found 642 bytes");
        assertThatThrownBy(() -> codec.encode(new short[319])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void throwsNothingButBadReadingWhateverTheBytes() {
        Random random = new Random(5);
        byte[] good = codec.encode(noise(random));
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = i % 3 == 0 ? Fuzz.random(random) : Fuzz.damage(good, random);
            try {
                assertThat(codec.decode(bytes, new RecordHeaders()).length).isIn(0, 320);
            } catch (BadReadingException e) {
                assertThat(e.getMessage()).hasLineCount(1);
            }
        }
    }
}
