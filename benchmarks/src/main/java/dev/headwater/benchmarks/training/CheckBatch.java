package dev.headwater.benchmarks.training;

import dev.headwater.benchmarks.ReferenceModel;
import dev.headwater.kernels.Seq2SeqShape;
import dev.headwater.kernels.Seq2SeqTraining;
import java.util.Random;

/// What peers train on: a batch without missing truths, and our gradient on it, to compare theirs with.
///
/// @param rows `[window][rowLength]`
/// @param truths `[window][horizon]`
/// @param gradient of the mean absolute error, in the layout of the parameters
record CheckBatch(int windows, float[] parameters, float[] rows, float[] truths, float[] gradient) {

    static CheckBatch of(int windows) {
        Seq2SeqShape shape = ReferenceModel.SHAPE;
        float[] parameters = ReferenceModel.parameters();
        float[] rows = ReferenceModel.rows(windows);
        Random random = new Random(windows);
        float[] truths = new float[windows * shape.horizon()];
        for (int i = 0; i < truths.length; i++) {
            truths[i] = (float) random.nextGaussian();
        }
        float[] gradient = new float[shape.parameterCount()];
        try (Seq2SeqTraining training = new Seq2SeqTraining(shape, 1)) {
            training.setParameters(parameters);
            float[] slopes = training.forward(rows, windows);
            for (int i = 0; i < slopes.length; i++) {
                slopes[i] = Math.signum(slopes[i] - truths[i]) / slopes.length;
            }
            training.backward(slopes, gradient);
        }
        return new CheckBatch(windows, parameters, rows, truths, gradient);
    }

    /// Largest difference from our gradient, as a share of its largest value.
    double difference(float[] other) {
        double largest = 0;
        double difference = other.length == gradient.length ? 0 : Double.POSITIVE_INFINITY;
        for (int i = 0; i < Math.min(other.length, gradient.length); i++) {
            largest = Math.max(largest, Math.abs(gradient[i]));
            double by = Math.abs(other[i] - gradient[i]);
            difference = Double.isNaN(by) ? Double.POSITIVE_INFINITY : Math.max(difference, by);
        }
        return difference / largest;
    }
}
