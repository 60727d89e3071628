package dev.headwater.lab.data;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.audio.Clip;
import dev.headwater.forecasting.audio.ClipSplit;
import dev.headwater.forecasting.audio.Stft;
import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.ingest.audio.ClipFolder;
import dev.headwater.lab.definition.DataSpec;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Spoken words as magnitudes of the short-time Fourier transform (document 000). They are not normalised: see
/// [Normalised].
public final class SpeechData {

    private static final Logger LOG = LoggerFactory.getLogger(SpeechData.class);
    private static final int MINI_CLIPS = 8_000; // of mini_speech_commands, a thousand a word

    private SpeechData() {}

    static Dataset load(DataSpec.Speech spec, DataFolder folder, long seed) {
        return of(spec, audio(), clips(spec, folder, seed));
    }

    /// The clips in the parts of the row.
    ///
    /// @param seed seed of the random split
    /// @throws InvalidInputException when there are no clips, or the way to split is unknown
    public static ClipSplit clips(DataSpec.Speech spec, DataFolder folder, long seed) {
        ClipSplit.By by = by(spec.split()); // a wrong label before the clips are read
        return ClipSplit.of(ClipFolder.read(folder.speech(), audio(), LOG::info), by, seed);
    }

    /// The first clip of each word, in the order of the clips: enough to show the waveforms.
    public static Collection<Clip> firstOfEachWord(List<Clip> clips) {
        Map<String, Clip> first = new LinkedHashMap<>();
        clips.forEach(clip -> first.putIfAbsent(clip.word(), clip));
        return first.values();
    }

    private static AudioSpec audio() {
        AudioSpec audio = NetworkFile.load("speech").audio();
        if (audio == null) {
            throw new IllegalStateException("the shipped network speech has sound");
        }
        return audio;
    }

    private static ClipSplit.By by(String label) {
        try {
            return ClipSplit.By.of(label);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("speech.split: must be speaker or random, found '" + label + "'", e);
        }
    }

    static Dataset of(DataSpec.Speech spec, AudioSpec audio, ClipSplit split) {
        Stft stft = transform(spec, audio);
        Shape input = new Shape(stft.frames(), stft.bins());
        List<String> words = audio.words();
        int clips =
                split.train().size() + split.validation().size() + split.test().size();
        return new Dataset(
                "Speech Commands, " + clips + " clips of " + words.size() + " words, split by "
                        + split.by().label(),
                clips == MINI_CLIPS && split.by() == ClipSplit.By.RANDOM,
                input,
                new Shape(1, words.size()),
                Spectra.of(split.train(), spec, audio),
                Spectra.of(split.validation(), spec, audio),
                Spectra.of(split.test(), spec, audio),
                mostFrequent(split.train(), words),
                words,
                1,
                "");
    }

    private static Stft transform(DataSpec.Speech spec, AudioSpec audio) {
        try {
            return new Stft(audio.clip(), spec.frameLength(), spec.frameStep());
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("speech: " + e.getMessage(), e);
        }
    }

    private static Baseline mostFrequent(List<Clip> train, List<String> words) {
        Map<String, Long> counts = train.stream().collect(Collectors.groupingBy(Clip::word, Collectors.counting()));
        int best = IntStream.range(0, words.size())
                .boxed()
                .max(Comparator.comparing(word -> counts.getOrDefault(words.get(word), 0L)))
                .orElseThrow();
        return (input, inputAt, output, outputAt) -> oneHot(best, words.size(), output, outputAt);
    }

    private static void oneHot(int word, int words, float[] out, int outAt) {
        for (int w = 0; w < words; w++) {
            out[outAt + w] = w == word ? 1 : 0;
        }
    }

    /// @param magnitudes `[clip][frame * bins + bin]`
    /// @param labels     `[clip]`, index of the word
    /// @param words      number of words
    private record Spectra(float[][] magnitudes, int[] labels, int words) implements Examples {

        static Spectra of(List<Clip> clips, DataSpec.Speech spec, AudioSpec audio) {
            float[][] magnitudes = clips.parallelStream()
                    .map(clip -> magnitudes(clip, transform(spec, audio)))
                    .toArray(float[][]::new);
            int[] labels = clips.stream()
                    .mapToInt(clip -> audio.words().indexOf(clip.word()))
                    .toArray();
            return new Spectra(magnitudes, labels, audio.words().size());
        }

        private static float[] magnitudes(Clip clip, Stft stft) {
            float[] out = new float[stft.frames() * stft.bins()]; // [frame][bin]
            stft.magnitudes(clip.samples(), 0, out);
            return out;
        }

        @Override
        public int size() {
            return labels.length;
        }

        @Override
        public void load(int example, float[] input, int inputAt, float[] target, int targetAt) {
            System.arraycopy(magnitudes[example], 0, input, inputAt, magnitudes[example].length);
            oneHot(labels[example], words, target, targetAt);
        }
    }
}
