package dev.headwater.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.audio.Tones;
import dev.headwater.forecasting.network.AudioSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListeningStateTest {

    private static ListeningState read(byte[] bytes) {
        return ListeningState.read(Tones.NETWORK, Tones.AUDIO, bytes, 9);
    }

    private static ListeningState state() {
        ListeningState state = new ListeningState(Tones.NETWORK, Tones.AUDIO, 5);
        state.read(70, 1_000);
        for (int i = 1; i <= 6; i++) {
            float[] probabilities = new float[8];
            probabilities[i] = 1;
            state.issue(new ListeningState.Issued(10 * i, 900 + i, probabilities, "m@" + i));
        }
        return state;
    }

    @Test
    void whatIsWrittenIsReadBack() {
        // Given / When
        ListeningState read = read(state().write());
        // Then it still has its offsets and the last four events
        assertThat(read.contains(70, 1_000)).isTrue();
        assertThat(read.contains(71, 1_000)).isFalse();
        assertThat(read.contains(3, 1_001)).as("of a topic that was made anew").isFalse();
        assertThat(read.issuedAt(20)).isNull();
        assertThat(read.issuedAt(30)).isNotNull();
        ListeningState.Issued last = read.issuedAt(60);
        assertThat(last.first()).isEqualTo(906);
        assertThat(last.model()).isEqualTo("m@6");
        assertThat(last.probabilities()[6]).isEqualTo(1);
        assertThat(read.hasEnded()).isFalse();
        assertThat(read.seenAt()).isEqualTo(9);
        // and the end
        ListeningState ended = state();
        ended.end();
        assertThat(read(ended.write()).hasEnded()).isTrue();
    }

    @Test
    void refusesWhatItCannotRead() {
        byte[] bytes = state().write();
        AudioSpec fewer = new AudioSpec(16_000, List.of("a", "b"), 16_000, 255, 128);
        assertThatThrownBy(() -> ListeningState.read(Tones.NETWORK, fewer, bytes, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("network speech: the stored state of a source was written for 8 words");
        assertThatThrownBy(() -> read(Arrays.copyOf(bytes, bytes.length - 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cut short");
        bytes[0] = 9;
        assertThatThrownBy(() -> read(bytes)).hasMessageContaining("is of version 9");
    }

    @Test
    void itsBytesKeepTheirForm() {
        // Given
        ListeningState state = new ListeningState(Tones.NETWORK, Tones.AUDIO, 5);
        state.read(70, 1_000);
        state.issue(new ListeningState.Issued(10, 901, new float[] {1, 0, 0, 0, 0, 0, 0, 0}, "m@1"));

        // Then
        assertThat(HexFormat.of().formatHex(state.write()))
                .isEqualTo("01000800000000000000004600000000000003e88000000000000000800000000000000080000000"
                        + "000000008000000000000000800000000000000000000000000001000000000000000a0000000000"
                        + "0003853f8000000000000000000000000000000000000000000000000000000000000000036d4031");
    }
}
