package dev.headwater.cli;

import dev.headwater.forecasting.artefact.ForecastModel;
import dev.headwater.forecasting.audio.Confusion;
import dev.headwater.forecasting.audio.KeywordModel;
import dev.headwater.forecasting.audio.SpectrumSpec;
import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.kernels.ClassifierShape;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/// A folder of words in the layout of Speech Commands whose words are tones, and a classifier with random weights.
final class SpokenTones {

    static final SensorNetwork NETWORK = NetworkFile.load("speech");
    static final AudioSpec AUDIO = Objects.requireNonNull(NETWORK.audio());

    private static final int SPEAKERS = 8;

    private SpokenTones() {}

    /// @param perWord clips of each word
    static Path folder(Path parent, int perWord) throws IOException {
        Random random = new Random(9);
        Path folder = parent.resolve("tones");
        for (int w = 0; w < AUDIO.words().size(); w++) {
            Path word = Files.createDirectories(folder.resolve(AUDIO.words().get(w)));
            for (int c = 0; c < perWord; c++) {
                byte[] data = tone(400 + 300 * w, random.nextInt(9_000), random);
                var format = new AudioFormat(AUDIO.sampleRate(), 16, 1, true, false);
                var stream = new AudioInputStream(new ByteArrayInputStream(data), format, AUDIO.clip());
                Path file = word.resolve("speaker" + c % SPEAKERS + "_nohash_" + c / SPEAKERS + ".wav");
                AudioSystem.write(stream, AudioFileFormat.Type.WAVE, file.toFile());
            }
        }
        return folder;
    }

    private static byte[] tone(double frequency, int from, Random random) {
        byte[] data = new byte[2 * AUDIO.clip()];
        for (int i = 0; i < AUDIO.clip(); i++) {
            boolean on = i >= from && i < from + 6_400;
            double sample = 20 * random.nextGaussian()
                    + (on ? 6_000 * Math.sin(2 * Math.PI * frequency * i / AUDIO.sampleRate()) : 0);
            data[2 * i] = (byte) (int) sample;
            data[2 * i + 1] = (byte) ((int) sample >> 8);
        }
        return data;
    }

    /// A real artefact with random weights from a fixed seed.
    static ForecastModel model() {
        Random random = new Random(3);
        Series.Builder energy = new Series.Builder(NETWORK);
        for (int slot = 0; slot < 100; slot++) {
            energy.add("any", 1_000 + slot, new float[] {-60 + 40 * random.nextFloat()});
        }
        return UntrainedModel.of(energy.build(), 0).withKeywords(keywords(random), "# Untrained\n");
    }

    private static KeywordModel keywords(Random random) {
        SpectrumSpec spectrum = SpectrumSpec.of(AUDIO, 16);
        int words = AUDIO.words().size();
        ClassifierShape shape = new ClassifierShape(
                spectrum.frames(),
                spectrum.width(),
                8,
                3,
                4,
                ClassifierShape.Cell.GRU,
                8,
                1,
                true,
                ClassifierShape.Pooling.MEAN,
                words);
        float[] deviation = new float[spectrum.width()];
        Arrays.fill(deviation, 4);
        float[] parameters = new float[shape.parameterCount()];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = (float) random.nextGaussian();
        }
        Confusion none = Confusion.of(AUDIO.words(), new int[words][words]);
        KeywordModel.Figures figures =
                new KeywordModel.Figures("speaker", 1, Map.of(), 1, 1, 0, 0, 0, List.of(), List.of(), none, none);
        return new KeywordModel(
                AUDIO.words(), spectrum, shape, new float[spectrum.width()], deviation, parameters, figures);
    }
}
