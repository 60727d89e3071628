package dev.headwater.lab.definition;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.text.YamlText;
import dev.headwater.lab.definition.RowSpec.Figure;
import dev.headwater.lab.definition.RowSpec.Part;
import dev.headwater.lab.definition.TrainingSpec.Loss;
import org.jspecify.annotations.Nullable;

/// What the keys of a row must be to each other, so that a fault shows before the data are read and the network
/// is trained.
final class RowRules {

    private final YamlText text;
    private final String source;

    /// @param source name of the file in messages
    RowRules(YamlText text, String source) {
        this.text = text;
        this.source = source;
    }

    /// What the targets of a row are.
    private enum Target {
        VALUES,
        TWO_CLASSES,
        CLASSES
    }

    /// @throws InvalidInputException naming file, key, rule and line
    void require(RowSpec row) {
        TrainingSpec training = row.training();
        RowSpec.Metric metric = row.metric();
        require(row.quick() == null || training != null, "quick", "given with layers only");
        require(
                metric.epoch() == null || (training != null && metric.part() == Part.VALIDATION),
                "metric.epoch",
                "given with layers and part: validation only");
        require(
                (metric.figure() == Figure.RATE) == (row.sweep() != null),
                "metric.figure",
                "rate with a sweep, and only then");
        require(
                (metric.figure() == Figure.DIFFERENCE) == (row.check() != null),
                "metric.figure",
                "difference with a check, and only then");
        Integer samples = row.quick() == null ? null : row.quick().samplesPerEpoch();
        require(
                samples == null || training == null || samples >= training.batch(),
                "quick.samplesPerEpoch",
                "a batch or more");
        if (row.data() != null) {
            requireFor(row.data().source(), row, training);
        }
    }

    private void requireFor(DataSpec.Source source, RowSpec row, @Nullable TrainingSpec training) {
        Target target = target(source);
        require(
                (target == Target.VALUES) == (row.metric().figure() != Figure.ACCURACY),
                "metric.figure",
                target == Target.VALUES ? "another than accuracy for values" : "accuracy for classes");
        require(
                row.generate() == null || source instanceof DataSpec.Sine || source instanceof DataSpec.Traffic,
                "generate",
                "given with the data sine and traffic only");
        require(
                row.generate() == null
                        || row.layers() == null
                        || row.layers().stream().allMatch(layer -> layer.normalise() == null),
                "generate",
                "given without the layer normalise, which its inputs do not pass");
        if (training != null) {
            requireLoss(training.loss(), target);
        }
    }

    private static Target target(DataSpec.Source source) {
        return switch (source) {
            case DataSpec.Speech words -> Target.CLASSES;
            case DataSpec.Reviews likes -> Target.TWO_CLASSES;
            case DataSpec.Traffic values -> Target.VALUES;
            case DataSpec.WeatherWindows values -> Target.VALUES;
            case DataSpec.WeatherDraws values -> Target.VALUES;
            case DataSpec.Sine values -> Target.VALUES;
            case DataSpec.Synthetic values -> Target.VALUES;
        };
    }

    /// Targets of two classes are a single score, of which a softmax makes 1.
    private void requireLoss(Loss loss, Target target) {
        require(
                loss != Loss.CROSS_ENTROPY || target == Target.CLASSES,
                "training.loss",
                "crossEntropy for speech only");
        require(
                loss != Loss.BINARY_CROSS_ENTROPY || target != Target.VALUES,
                "training.loss",
                "binaryCrossEntropy for classes only");
    }

    private void require(boolean holds, String key, String rule) {
        if (!holds) {
            throw new InvalidInputException(source + ": " + key + " must be " + rule + text.at(key));
        }
    }
}
