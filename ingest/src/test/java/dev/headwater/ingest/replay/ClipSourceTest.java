package dev.headwater.ingest.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.ingest.replay.ClipSource.Recording;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClipSourceTest {

    private static final SensorNetwork SPEECH = NetworkFile.load("speech");
    private static final AudioSpec AUDIO = Objects.requireNonNull(SPEECH.audio());

    private static List<Recording> recordings(int count) {
        Random random = new Random(31);
        List<Recording> recordings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            short[] samples = new short[1 + random.nextInt(3_000)];
            for (int s = 0; s < samples.length; s++) {
                samples[s] = (short) random.nextInt();
            }
            recordings.add(new Recording("clip-" + i, samples));
        }
        return recordings;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100})
    void playsEachRecordingAsAWholeAndEndsIt(int lanes) {
        // Given recordings of many lengths
        List<Recording> recordings = recordings(40);
        ClipSource source = new ClipSource(SPEECH, AUDIO, recordings, lanes, 1_000);
        // When all slots are played
        Map<String, List<short[]>> frames = new LinkedHashMap<>();
        Set<String> ended = new HashSet<>();
        int most = 0;
        boolean more = true;
        for (long slot = source.firstSlot(); slot < source.endSlot(); slot++) {
            assertThat(more).isTrue();
            Set<String> playing = new HashSet<>();
            more = source.emit(slot, (name, frame) -> {
                assertThat(ended).doesNotContain(name);
                assertThat(playing.add(name)).isTrue();
                if (frame.length == 0) {
                    ended.add(name);
                } else {
                    frames.computeIfAbsent(name, absent -> new ArrayList<>()).add(frame);
                }
            });
            most = Math.max(most, playing.size());
        }
        // Then each recording came in order, padded with silence, and ended; never more at a time than lanes
        assertThat(more).isFalse();
        assertThat(ended).hasSize(40);
        assertThat(most).isEqualTo(Math.min(lanes, 40));
        for (Recording recording : recordings) {
            List<short[]> own = frames.get(recording.source());
            assertThat(own).hasSize(Math.ceilDiv(recording.samples().length, 320));
            for (int i = 0; i < 320 * own.size(); i++) {
                short expected = i < recording.samples().length ? recording.samples()[i] : 0;
                assertThat(own.get(i / 320)[i % 320]).isEqualTo(expected);
            }
        }
    }

    @Test
    void needsSomethingToPlay() {
        assertThatThrownBy(() -> new ClipSource(SPEECH, AUDIO, List.of(), 1, 0))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> new ClipSource(SPEECH, AUDIO, recordings(1), 0, 0))
                .isInstanceOf(InvalidInputException.class);
    }
}
