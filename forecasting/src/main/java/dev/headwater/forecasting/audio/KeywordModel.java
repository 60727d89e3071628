package dev.headwater.forecasting.audio;

import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.kernels.ClassifierShape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A trained keyword classifier with everything needed to serve it.
///
/// @param words      in the order of the network's outputs
/// @param spectrum   the network's input
/// @param shape      sizes of the network
/// @param mean       `[width]`, mean of each value of a spectrum over the training clips
/// @param deviation  `[width]`, above 0
/// @param parameters flat, in the order of `shape.tensors()`
/// @param figures    training and accuracy
public record KeywordModel(
        List<String> words,
        SpectrumSpec spectrum,
        ClassifierShape shape,
        float[] mean,
        float[] deviation,
        float[] parameters,
        Figures figures) {

    /// @throws IllegalArgumentException when the parts do not fit together, or a number is not finite
    public KeywordModel {
        words = List.copyOf(words);
        requireFit(words, spectrum, shape);
        require(mean.length == spectrum.width(), "mean must have " + spectrum.width(), mean.length);
        require(deviation.length == spectrum.width(), "deviation must have " + spectrum.width(), deviation.length);
        require(
                parameters.length == shape.parameterCount(),
                "parameters must be " + shape.parameterCount(),
                parameters.length);
        requireFinite("mean", mean);
        requireFinite("deviation", deviation);
        requireFinite("parameters", parameters);
        for (float one : deviation) {
            require(one > 0, "deviation must be above 0", one);
        }
        Objects.requireNonNull(figures, "figures");
    }

    /// Training and accuracy of a classifier.
    ///
    /// @param split           how the clips were split: `speaker` or `random`
    /// @param seed            random seed of the training
    /// @param settings        every hyper-parameter, by name
    /// @param epochs          number of epochs begun
    /// @param bestEpoch       the epoch whose parameters were kept, from 1
    /// @param seconds         wall-clock time of the training
    /// @param realTimeFactor  seconds of one core per second of sound, measured after training
    /// @param trainClips      number of training clips
    /// @param trainingCurve   accuracy on the augmented training clips, by epoch
    /// @param validationCurve accuracy on the validation clips, by epoch
    /// @param validation      confusion on the validation clips, used for every choice
    /// @param test            confusion on the test clips, measured once
    public record Figures(
            String split,
            long seed,
            Map<String, String> settings,
            int epochs,
            int bestEpoch,
            double seconds,
            double realTimeFactor,
            int trainClips,
            List<Double> trainingCurve,
            List<Double> validationCurve,
            Confusion validation,
            Confusion test) {

        public Figures {
            Objects.requireNonNull(split, "split");
            Objects.requireNonNull(validation, "validation");
            Objects.requireNonNull(test, "test");
            settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
            trainingCurve = List.copyOf(trainingCurve);
            validationCurve = List.copyOf(validationCurve);
        }
    }

    /// Throws unless the shape's input matches the spectrum and its classes match the words.
    ///
    /// @throws IllegalArgumentException naming what does not fit
    public static void requireFit(List<String> words, SpectrumSpec spectrum, ClassifierShape shape) {
        require(shape.frames() == spectrum.frames(), "frames must be " + spectrum.frames(), shape.frames());
        require(shape.width() == spectrum.width(), "width must be " + spectrum.width(), shape.width());
        require(shape.classes() == words.size(), "classes must be " + words.size(), shape.classes());
    }

    private static void require(boolean holds, String rule, Number found) {
        if (!holds) {
            throw new IllegalArgumentException("keywords: " + rule + ", found " + found);
        }
    }

    private static void requireFinite(String what, float[] values) {
        for (float value : values) {
            require(Float.isFinite(value), what + " must be finite", value);
        }
    }

    /// Whether the model fits an audio network's clips and words.
    public boolean fits(AudioSpec audio) {
        return words.equals(audio.words()) && spectrum.equals(SpectrumSpec.of(audio, spectrum.bands()));
    }
}
