package dev.headwater.ingest.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.TestData;
import dev.headwater.forecasting.audio.Clip;
import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.forecasting.network.NetworkFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipFolderTest {

    private static final AudioSpec SPEC = new AudioSpec(16_000, List.of("stop", "go", "yes"), 16_000, 255, 128);

    @TempDir
    private Path folder;

    private final List<String> notices = new ArrayList<>();

    /// A file whose samples are all `value`.
    private void wav(String path, int rate, int samples, int value) throws IOException {
        byte[] data = new byte[2 * samples];
        for (int i = 0; i < data.length; i += 2) {
            data[i] = (byte) value;
        }
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        var stream = new AudioInputStream(
                new ByteArrayInputStream(data), new AudioFormat(rate, 16, 1, true, false), samples);
        AudioSystem.write(stream, AudioFileFormat.Type.WAVE, file.toFile());
    }

    @Test
    void readsTheWordsSortedAndTellsWhatAUserShouldKnow() throws IOException {
        // Given clips of two of three words, short, long and at other rates, and files that are not clips
        wav("stop/b1_nohash_0.wav", 32_000, 32_000, 1);
        wav("stop/a1_nohash_1.WAV", 16_000, 15_000, 2);
        wav("stop/a1_nohash_0.wav", 16_000, 17_000, 3);
        wav("go/noname.wav", 8_000, 8_000, 0);
        wav("go/another.wav", 8_000, 8_000, 0);
        wav("cat/c1_nohash_0.wav", 16_000, 16_000, 1);
        wav("_background_noise_/hum.wav", 16_000, 16_000, 1);
        Files.writeString(folder.resolve("LICENSE"), "free");
        Files.writeString(folder.resolve("stop/notes.txt"), "none");
        Files.writeString(folder.resolve("stop/.hidden.wav"), "none");
        // When
        List<Clip> clips = ClipFolder.read(folder, SPEC, notices::add);
        // Then
        assertThat(clips)
                .extracting(Clip::source)
                .containsExactly("go/another", "go/noname", "stop/a1_nohash_0", "stop/a1_nohash_1", "stop/b1_nohash_0");
        assertThat(clips).extracting(Clip::word).containsExactly("go", "go", "stop", "stop", "stop");
        assertThat(clips).extracting(Clip::speaker).containsExactly("another.wav", "noname.wav", "a1", "a1", "b1");
        assertThat(clips).allSatisfy(clip -> assertThat(clip.samples()).hasSize(16_000));
        assertThat(clips.get(3).samples()[14_999]).isEqualTo((short) 2);
        assertThat(clips.get(3).samples()[15_000]).isZero();
        assertThat(notices)
                .containsExactly(
                        folder + ": passed over, not among the network's words: _background_noise_, cat",
                        folder + ": no clips of yes",
                        folder
                                + ": converted from 32000 Hz, 1 channel, 16 bits to 16000 Hz, 1 channel, 16 bits, 1 file",
                        folder
                                + ": converted from 8000 Hz, 1 channel, 16 bits to 16000 Hz, 1 channel, 16 bits, 2 files",
                        folder + ": shorter than 16000 samples, silence added: 1 of 5 clips",
                        folder + ": longer than 16000 samples, the rest passed over: 1 of 5 clips");
    }

    @Test
    void refusesWhatHoldsNoClips() throws IOException {
        Path none = folder.resolve("none");
        assertThatThrownBy(() -> ClipFolder.read(none, SPEC, notices::add))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(none + ": must be a folder with a folder of WAV files per word, found none");
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertThatThrownBy(() -> ClipFolder.read(file, SPEC, notices::add)).hasMessageEndingWith("found a file");
        assertThatThrownBy(() -> ClipFolder.read(folder, SPEC, notices::add))
                .hasMessage(folder + ": must hold folders of WAV files named after the words [stop, go, yes], found no"
                        + " folder");
        wav("cat/a.wav", 16_000, 10, 1);
        Files.createDirectories(folder.resolve("stop"));
        assertThatThrownBy(() -> ClipFolder.read(folder, SPEC, notices::add)).hasMessageEndingWith("found cat, stop");
    }

    @Test
    void refusesADamagedClipByName() throws IOException {
        wav("go/a.wav", 16_000, 16_000, 1);
        Path file = folder.resolve("go/a.wav");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, 20_000));
        assertThatThrownBy(() -> ClipFolder.read(folder, SPEC, notices::add))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(file + ": is broken off: chunk 'data' says 32000 bytes, found 19956");
    }

    @Test
    void readsTheRealClips() {
        // Given the test clips of Speech Commands
        Path real = TestData.file("audio/speech-commands-8");
        AudioSpec spec = NetworkFile.load("speech").audio();
        // When
        List<Clip> clips = ClipFolder.read(real, spec, notices::add);
        // Then all are read unchanged: 3,276 of 236 speakers
        assertThat(clips).hasSize(3_276);
        assertThat(notices).isEmpty();
        assertThat(clips.stream().map(Clip::speaker).collect(Collectors.toSet()))
                .hasSize(236);
        assertThat(clips.stream().map(Clip::word).distinct()).containsExactlyElementsOf(spec.words());
    }
}
