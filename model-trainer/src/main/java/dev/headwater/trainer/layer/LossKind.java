package dev.headwater.trainer.layer;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;

/// What a [MeanLoss] averages.
public enum LossKind {
    /// The squared error.
    SQUARED_ERROR,
    /// The absolute error.
    ABSOLUTE_ERROR,
    /// Half the squared error up to an error of 1, above it the absolute error less one half.
    HUBER,
    /// The square root of the mean squared error of the whole batch.
    ROOT_SQUARED_ERROR,
    /// The cross entropy of a sigmoid with labels from 0 to 1.
    BINARY_CROSS_ENTROPY(ActivationSigmoid.class),
    /// The cross entropy of a softmax with labels that are shares of the classes: the mean is over batch and steps.
    CROSS_ENTROPY(ActivationSoftmax.class);

    private final @Nullable Class<? extends IActivation> activation;

    LossKind() {
        activation = null;
    }

    LossKind(Class<? extends IActivation> activation) {
        this.activation = activation;
    }

    /// The activation that is part of the loss, which then reads its inputs: no probability is rounded to 0 or 1.
    /// Null when any activation will do.
    @Nullable
    Class<? extends IActivation> activation() {
        return activation;
    }

    boolean isRoot() {
        return this == ROOT_SQUARED_ERROR;
    }

    /// The loss, given the mean of what it averages.
    public double value(double mean) {
        return isRoot() ? Math.sqrt(mean) : mean;
    }

    /// The derivative of the loss by that mean. It is 0 where the root has none.
    double slope(double mean) {
        return isRoot() ? (mean > 0 ? 0.5 / Math.sqrt(mean) : 0) : 1;
    }

    /// The mean over a row; of [#CROSS_ENTROPY] the row's only value.
    ///
    /// @param targets `[width]` from `at`
    /// @param outputs `[width]` from `at`
    double rowValue(float[] targets, float[] outputs, int at, int width) {
        if (this == CROSS_ENTROPY) {
            return crossEntropy(targets, outputs, at, width);
        }
        double sum = 0;
        for (int i = at; i < at + width; i++) {
            sum += value(targets[i], outputs[i]);
        }
        return sum / width;
    }

    /// Adds `scale` times the derivative of [#rowValue] by the outputs.
    ///
    /// @param slopes `[width]` from `at`
    void addRowSlopes(float[] targets, float[] outputs, int at, int width, double scale, float[] slopes) {
        if (this == CROSS_ENTROPY) {
            addCrossEntropySlopes(targets, outputs, at, width, scale, slopes);
            return;
        }
        for (int i = at; i < at + width; i++) {
            slopes[i] += (float) (scale / width * slope(targets[i], outputs[i]));
        }
    }

    /// What is averaged, for one value; of [#CROSS_ENTROPY] there is none.
    ///
    /// @param output of [#BINARY_CROSS_ENTROPY] the score before the sigmoid
    public double value(double target, double output) {
        double error = output - target;
        return switch (this) {
            case SQUARED_ERROR, ROOT_SQUARED_ERROR -> error * error;
            case ABSOLUTE_ERROR -> Math.abs(error);
            case HUBER -> Math.abs(error) <= 1 ? error * error / 2 : Math.abs(error) - 0.5;
            case BINARY_CROSS_ENTROPY ->
                Math.max(output, 0) - output * target + Math.log1p(Math.exp(-Math.abs(output)));
            case CROSS_ENTROPY -> throw new IllegalStateException("defined for rows only");
        };
    }

    private double slope(double target, double output) {
        double error = output - target;
        return switch (this) {
            case SQUARED_ERROR, ROOT_SQUARED_ERROR -> 2 * error;
            case ABSOLUTE_ERROR -> Math.signum(error);
            case HUBER -> Math.clamp(error, -1, 1);
            case BINARY_CROSS_ENTROPY -> 1 / (1 + Math.exp(-output)) - target;
            case CROSS_ENTROPY -> throw new IllegalStateException("defined for rows only");
        };
    }

    private static double crossEntropy(float[] targets, float[] scores, int at, int width) {
        double log = logOfSum(scores, at, width);
        double sum = 0;
        for (int i = at; i < at + width; i++) {
            sum += targets[i] * (log - scores[i]);
        }
        return sum;
    }

    private static void addCrossEntropySlopes(
            float[] targets, float[] scores, int at, int width, double scale, float[] slopes) {
        double log = logOfSum(scores, at, width);
        double weight = 0;
        for (int i = at; i < at + width; i++) {
            weight += targets[i];
        }
        for (int i = at; i < at + width; i++) {
            slopes[i] += (float) (scale * (weight * Math.exp(scores[i] - log) - targets[i]));
        }
    }

    /// The logarithm of the sum of the exponentials.
    private static double logOfSum(float[] scores, int at, int width) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = at; i < at + width; i++) {
            largest = Math.max(largest, scores[i]);
        }
        double sum = 0;
        for (int i = at; i < at + width; i++) {
            sum += Math.exp(scores[i] - largest);
        }
        return largest + Math.log(sum);
    }
}
