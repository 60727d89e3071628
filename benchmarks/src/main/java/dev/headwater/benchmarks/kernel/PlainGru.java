package dev.headwater.benchmarks.kernel;

import dev.headwater.kernels.Seq2SeqShape;
import dev.headwater.kernels.Seq2SeqShape.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The network without embeddings in double precision, window by window, as its definition reads: what all
/// implementations are compared with.
final class PlainGru {

    private final Seq2SeqShape shape;
    private final double[] parameters;
    private final Map<String, Tensor> tensors;

    PlainGru(Seq2SeqShape shape, float[] parameters) {
        this.shape = shape;
        this.parameters = slice(parameters, 0, parameters.length);
        this.tensors = shape.tensors().stream().collect(Collectors.toMap(Tensor::name, Function.identity()));
    }

    /// Exact forecasts `[window][horizon]` of packed rows.
    double[][] forecasts(float[] rows) {
        return IntStream.range(0, rows.length / shape.rowLength())
                .parallel()
                .mapToObj(window -> forecast(rows, window))
                .toArray(double[][]::new);
    }

    /// `[horizon]`
    private double[] forecast(float[] rows, int window) {
        int at = window * shape.rowLength();
        double[] state = new double[shape.hidden()];
        for (int step = 0; step < shape.lookback(); step++) {
            int width = shape.encoderInputs();
            state = step("encoder", slice(rows, at + shape.encoderOffset() + step * width, width), state);
        }
        double[] encoded = state;
        double[] forecasts = new double[shape.horizon()];
        for (int step = 0; step < shape.horizon(); step++) {
            int width = shape.decoderInputs();
            double[] inputs = slice(rows, at + shape.decoderOffset() + step * width, width);
            state = step("decoder", join(inputs, encoded), state);
            double output = dot("head.weight", 0, state) + value("head.bias", 0);
            forecasts[step] = rows[at + shape.baseOffset()] + rows[at + shape.scaleOffset()] * output;
        }
        return forecasts;
    }

    private double[] step(String gru, double[] inputs, double[] state) {
        int hidden = shape.hidden();
        return IntStream.range(0, hidden)
                .mapToDouble(unit -> {
                    double r = sigmoid(input(gru, unit, inputs) + recurrent(gru, unit, state));
                    double z = sigmoid(input(gru, hidden + unit, inputs) + recurrent(gru, hidden + unit, state));
                    int candidate = 2 * hidden + unit;
                    double n = Math.tanh(input(gru, candidate, inputs) + r * recurrent(gru, candidate, state));
                    return (1 - z) * n + z * state[unit];
                })
                .toArray();
    }

    private double input(String gru, int row, double[] inputs) {
        return dot(gru + ".weight_ih", row, inputs) + value(gru + ".bias_ih", row);
    }

    private double recurrent(String gru, int row, double[] state) {
        return dot(gru + ".weight_hh", row, state) + value(gru + ".bias_hh", row);
    }

    private double dot(String matrix, int row, double[] vector) {
        int at = offset(matrix) + row * vector.length;
        double sum = 0;
        for (int i = 0; i < vector.length; i++) {
            sum += parameters[at + i] * vector[i];
        }
        return sum;
    }

    private double value(String vector, int index) {
        return parameters[offset(vector) + index];
    }

    private int offset(String tensor) {
        Tensor found = tensors.get(tensor);
        if (found == null) {
            throw new IllegalStateException("no tensor " + tensor);
        }
        return found.offset();
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static double[] slice(float[] values, int at, int length) {
        return IntStream.range(at, at + length).mapToDouble(i -> values[i]).toArray();
    }

    private static double[] join(double[] a, double[] b) {
        double[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }
}
