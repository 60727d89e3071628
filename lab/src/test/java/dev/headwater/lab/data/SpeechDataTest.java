package dev.headwater.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.audio.Clip;
import dev.headwater.forecasting.audio.ClipSplit;
import dev.headwater.forecasting.audio.Stft;
import dev.headwater.forecasting.audio.Voices;
import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.lab.data.LabData.Example;
import dev.headwater.lab.definition.DataSpec;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpeechDataTest {

    private static final int SAMPLES = 2_000;
    private static final AudioSpec AUDIO = new AudioSpec(16_000, Voices.WORDS, SAMPLES, 255, 128);
    private static final DataSpec.Speech SPEC = new DataSpec.Speech(255, 128, "speaker");
    private static final List<Clip> CLIPS = Voices.clips(10, 2, SAMPLES, 1);

    @Test
    void transformsEachClip() {
        // Given
        ClipSplit split = ClipSplit.of(CLIPS, ClipSplit.By.SPEAKER, 0);
        float[] expected = new float[14 * 129]; // [frame][bin]
        Clip clip = split.validation().get(3);
        new Stft(SAMPLES, 255, 128).magnitudes(clip.samples(), 0, expected);
        // When
        Dataset data = SpeechData.of(SPEC, AUDIO, split);
        Example example = LabData.example(data, data.validation(), 3);
        // Then
        assertThat(data.input()).isEqualTo(new Shape(14, 129));
        assertThat(data.target()).isEqualTo(new Shape(1, 3));
        assertThat(data.classes()).isEqualTo(Voices.WORDS);
        assertThat(data.same()).isFalse();
        assertThat(data.train().size() + data.validation().size() + data.test().size())
                .isEqualTo(60);
        assertThat(example.input()).containsExactly(expected);
        float[] label = new float[3];
        label[Voices.WORDS.indexOf(clip.word())] = 1;
        assertThat(example.target()).containsExactly(label);
    }

    @Test
    void guessesTheMostFrequentWordOfTheTrainingPart() {
        // Given
        List<Clip> downs =
                CLIPS.stream().filter(clip -> !clip.word().equals("up")).toList();
        List<Clip> train = downs.subList(0, 25); // 20 of down, 5 of flat
        // When
        Dataset data = SpeechData.of(SPEC, AUDIO, new ClipSplit(ClipSplit.By.RANDOM, train, CLIPS, CLIPS));
        // Then
        assertThat(LabData.naive(data, new float[data.input().length()])).containsExactly(0, 1, 0);
        assertThat(data.name()).isEqualTo("Speech Commands, 145 clips of 3 words, split by random");
    }

    @Test
    void givesOneClipOfEachWordToShow() {
        assertThat(SpeechData.firstOfEachWord(CLIPS)).extracting(Clip::word).containsExactly("up", "down", "flat");
    }

    @Test
    void refusesWhatIsNoTransformAndNoSplit(@TempDir Path folder) {
        ClipSplit split = ClipSplit.of(CLIPS, ClipSplit.By.SPEAKER, 0);
        assertThatThrownBy(() -> SpeechData.of(new DataSpec.Speech(1, 128, "speaker"), AUDIO, split))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("speech: frames must have 2 samples or more");
        assertThatThrownBy(() -> SpeechData.clips(new DataSpec.Speech(255, 128, "word"), new DataFolder(folder), 1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("speech.split: must be speaker or random, found 'word'");
    }
}
