package dev.headwater.trainer.layer;

import dev.headwater.forecasting.InvalidInputException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/// A loss that is a mean over batch, steps and width, as Keras defines it. DL4J's own losses sum over the steps, and
/// some of them over the width, so that plain gradient descent takes steps that are too long.
///
/// DL4J hands over `[rows, width]`, a row per example and step, and divides value and gradient by the examples
/// (`miniBatch(true)`, its default). They are multiplied by the examples here, so that `score()` is the mean and an
/// update moves along the gradient of the mean. The data type is FLOAT; masks are not supported.
public final class MeanLoss implements ILossFunction {

    private static final long serialVersionUID = 1L;

    @JsonProperty
    private final LossKind kind;

    @JsonProperty
    private final int steps;

    /// @param kind  what is averaged
    /// @param steps steps of a target: 1 for an `OutputLayer`, those of the sequence for an `RnnOutputLayer`
    public MeanLoss(@JsonProperty("kind") LossKind kind, @JsonProperty("steps") int steps) {
        if (steps < 1) {
            throw new InvalidInputException("loss " + kind + ": steps must be at least 1, found " + steps);
        }
        this.kind = kind;
        this.steps = steps;
    }

    /// @param average whether to leave the mean as it is: false multiplies it by the examples
    @Override
    public double computeScore(
            INDArray labels, INDArray scores, IActivation activation, @Nullable INDArray mask, boolean average) {
        double mean = kind.value(mean(rowValues(labels, scores, activation, mask)));
        return average ? mean : mean * examples(labels);
    }

    /// A value `[rows, 1]` per example and step; those of one example sum up to its loss.
    @Override
    public INDArray computeScoreArray(
            INDArray labels, INDArray scores, IActivation activation, @Nullable INDArray mask) {
        double[] values = rowValues(labels, scores, activation, mask);
        Arrays.setAll(values, row -> kind.value(values[row]) / steps);
        return Nd4j.createFromArray(values).castTo(DataType.FLOAT).reshape('c', values.length, 1);
    }

    /// The gradient by the scores, `[rows, width]`.
    @Override
    public INDArray computeGradient(INDArray labels, INDArray scores, IActivation activation, @Nullable INDArray mask) {
        double mean = kind.isRoot() ? mean(rowValues(labels, scores, activation, mask)) : 0;
        int width = width(labels);
        float[] targets = Floats.of(labels); // [rows][width]
        float[] outputs = outputs(scores, activation); // [rows][width]
        float[] slopes = new float[targets.length]; // [rows][width]
        double scale = kind.slope(mean) * examples(labels) / labels.size(0);
        for (int at = 0; at < targets.length; at += width) {
            kind.addRowSlopes(targets, outputs, at, width, scale, slopes);
        }
        INDArray gradient = Nd4j.createUninitialized(DataType.FLOAT, new long[] {labels.size(0), width}, 'c');
        Floats.write(slopes, gradient);
        return kind.activation() == null
                ? activation.backprop(scores.dup(), gradient).getFirst()
                : gradient;
    }

    @Override
    public Pair<Double, INDArray> computeGradientAndScore(
            INDArray labels, INDArray scores, IActivation activation, @Nullable INDArray mask, boolean average) {
        return new Pair<>(
                computeScore(labels, scores, activation, mask, average),
                computeGradient(labels, scores, activation, mask));
    }

    /// The mean over the width of each row, `[rows]`.
    private double[] rowValues(INDArray labels, INDArray scores, IActivation activation, @Nullable INDArray mask) {
        requireSupported(activation, mask);
        int width = width(labels);
        float[] targets = Floats.of(labels); // [rows][width]
        float[] outputs = outputs(scores, activation); // [rows][width]
        double[] values = new double[targets.length / width];
        Arrays.setAll(values, row -> kind.rowValue(targets, outputs, row * width, width));
        return values;
    }

    /// What the loss reads, `[rows][width]`: the scores where it includes the activation, else the activations.
    private float[] outputs(INDArray scores, IActivation activation) {
        return Floats.of(kind.activation() == null ? activation.getActivation(scores.dup(), true) : scores);
    }

    private void requireSupported(IActivation activation, @Nullable INDArray mask) {
        if (mask != null) {
            throw new InvalidInputException("loss " + kind + ": masks are not supported");
        }
        if (kind.activation() != null && !kind.activation().isInstance(activation)) {
            throw new InvalidInputException("loss " + kind + ": the activation must be "
                    + kind.activation().getSimpleName() + ", found " + activation);
        }
    }

    private double examples(INDArray labels) {
        if (labels.size(0) % steps != 0) {
            throw new InvalidInputException("loss " + kind + ": targets must have " + steps + " steps, found "
                    + labels.size(0) + " rows in a batch");
        }
        return (double) labels.size(0) / steps;
    }

    private static int width(INDArray labels) {
        return (int) labels.size(1);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    @Override
    public String name() {
        return toString();
    }

    @Override
    public String toString() {
        return "MeanLoss(" + kind + ", " + steps + " steps)";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MeanLoss that && kind == that.kind && steps == that.steps;
    }

    @Override
    public int hashCode() {
        return kind.name().hashCode() * 31 + steps;
    }
}
