package dev.headwater.trainer.keyword;

import dev.headwater.forecasting.audio.Clip;
import dev.headwater.forecasting.audio.ClipSplit;
import dev.headwater.forecasting.audio.Confusion;
import dev.headwater.forecasting.audio.KeywordClassifier;
import dev.headwater.forecasting.audio.KeywordModel;
import dev.headwater.forecasting.audio.KeywordScores;
import dev.headwater.forecasting.audio.RecurrentKeywordClassifier;
import dev.headwater.forecasting.audio.SpectrumSpec;
import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.kernels.ClassifierShape;
import dev.headwater.trainer.TrainingListener;
import java.util.List;
import java.util.stream.IntStream;

/// Trains a keyword classifier on clips: normalisation from the training part alone, early stopping on the
/// validation part, one evaluation on the test part.
///
/// With the same clips, settings and number of processors the parameters are the same to the bit.
public final class KeywordTrainer {

    private final AudioSpec audio;
    private final ClipSplit split;
    private final KeywordSettings settings;
    private final SpectrumSpec spectrum;
    private final ClassifierShape shape;
    private final Spectra spectra;

    private KeywordTrainer(AudioSpec audio, ClipSplit split, KeywordSettings settings) {
        this.audio = audio;
        this.split = split;
        this.settings = settings;
        this.spectrum = SpectrumSpec.of(audio, settings.architecture().bands());
        this.shape = settings.architecture().shape(spectrum, audio.words().size());
        this.spectra = Spectra.fit(spectrum, split.train());
    }

    /// Trains and evaluates a classifier. When the thread is interrupted, training ends after the current
    /// batch, the best parameters so far are evaluated and returned, and the interrupt flag is set.
    ///
    /// @throws dev.headwater.forecasting.InvalidInputException when training diverges
    public static KeywordModel train(
            AudioSpec audio, ClipSplit split, KeywordSettings settings, TrainingListener listener) {
        return new KeywordTrainer(audio, split, settings).train(listener);
    }

    private KeywordModel train(TrainingListener listener) {
        long begun = System.nanoTime();
        KeywordRun.Outcome outcome = fit(listener);
        double seconds = (System.nanoTime() - begun) / 1e9;
        Confusion none = Confusion.of(
                audio.words(), new int[audio.words().size()][audio.words().size()]);
        KeywordClassifier trained = new RecurrentKeywordClassifier(model(outcome, seconds, 0, none, none), 0);
        return model(
                outcome,
                seconds,
                KeywordScores.realTimeFactor(trained, split.validation(), audio.sampleRate()),
                KeywordScores.of(trained, split.validation()),
                KeywordScores.of(trained, split.test()));
    }

    private KeywordRun.Outcome fit(TrainingListener listener) {
        // As many training clips as validation clips: enough for a curve.
        int stride = Math.max(1, split.train().size() / split.validation().size());
        List<Clip> sample = IntStream.iterate(0, i -> i < split.train().size(), i -> i + stride)
                .mapToObj(split.train()::get)
                .toList();
        List<String> words = audio.words();
        try (ClipBatches batches = new ClipBatches(split.train(), words, settings, spectra)) {
            return new KeywordRun(
                            settings,
                            shape,
                            batches,
                            LabelledSpectra.of(sample, words, spectra),
                            LabelledSpectra.of(split.validation(), words, spectra),
                            listener)
                    .run();
        }
    }

    private KeywordModel model(
            KeywordRun.Outcome outcome, double seconds, double realTimeFactor, Confusion validation, Confusion test) {
        KeywordModel.Figures figures = new KeywordModel.Figures(
                split.by().label(),
                settings.seed(),
                settings.asMap(),
                outcome.epochs(),
                outcome.bestEpoch(),
                seconds,
                realTimeFactor,
                split.train().size(),
                outcome.trainingCurve(),
                outcome.validationCurve(),
                validation,
                test);
        return new KeywordModel(
                audio.words(), spectrum, shape, spectra.mean(), spectra.deviation(), outcome.parameters(), figures);
    }
}
