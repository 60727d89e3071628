package dev.headwater.kernels;

import dev.headwater.kernels.internal.GruLayout;
import dev.headwater.kernels.internal.LstmLayout;
import java.util.Arrays;

/// The network of [ClassifierShape] computed from its definition, in double precision and without any kernel.
final class PlainClassifier {

    private PlainClassifier() {}

    static double[] classify(ClassifierShape shape, float[] parameters, float[] frames) {
        double[][] sequence = shape.filters() == 0 ? rows(shape, frames) : convolve(shape, parameters, frames);
        for (int layer = 0; layer < shape.layers(); layer++) {
            double[][] out = new double[sequence.length][shape.states()];
            for (int direction = 0; direction < shape.directions(); direction++) {
                switch (shape.cell()) {
                    case GRU -> run(shape.gru(layer, direction), parameters, sequence, direction, out);
                    case LSTM -> run(shape.lstm(layer, direction), parameters, sequence, direction, out);
                }
            }
            sequence = out;
        }
        double[] pooled = pool(shape, parameters, sequence);
        double[] scores = new double[shape.classes()];
        int head = shape.headOffset();
        for (int c = 0; c < scores.length; c++) {
            scores[c] = parameters[head + scores.length * pooled.length + c];
            for (int i = 0; i < pooled.length; i++) {
                scores[c] += parameters[head + c * pooled.length + i] * pooled[i];
            }
        }
        return softmax(scores);
    }

    private static double[][] rows(ClassifierShape shape, float[] frames) {
        double[][] rows = new double[shape.frames()][shape.width()];
        for (int i = 0; i < frames.length; i++) {
            rows[i / shape.width()][i % shape.width()] = frames[i];
        }
        return rows;
    }

    private static double[][] convolve(ClassifierShape shape, float[] parameters, float[] frames) {
        double[][] out = new double[shape.steps()][shape.filters()];
        int patch = shape.kernel() * shape.width();
        for (int step = 0; step < out.length; step++) {
            for (int filter = 0; filter < shape.filters(); filter++) {
                double sum = parameters[shape.filters() * patch + filter];
                for (int k = 0; k < shape.kernel(); k++) {
                    int frame = step * shape.stride() + k - shape.kernel() / 2;
                    for (int i = 0; frame >= 0 && frame < shape.frames() && i < shape.width(); i++) {
                        sum += parameters[filter * patch + k * shape.width() + i] * frames[frame * shape.width() + i];
                    }
                }
                out[step][filter] = Math.max(0, sum);
            }
        }
        return out;
    }

    private static void run(GruLayout gru, float[] p, double[][] in, int direction, double[][] out) {
        int hidden = gru.hidden();
        double[] state = new double[hidden];
        for (int i = 0; i < in.length; i++) {
            int step = direction == 0 ? i : in.length - 1 - i;
            double[] next = new double[hidden];
            for (int unit = 0; unit < hidden; unit++) {
                double r = sigmoid(input(gru, p, in[step], unit) + recurrent(gru, p, state, unit));
                double z = sigmoid(input(gru, p, in[step], hidden + unit) + recurrent(gru, p, state, hidden + unit));
                double n = Math.tanh(
                        input(gru, p, in[step], 2 * hidden + unit) + r * recurrent(gru, p, state, 2 * hidden + unit));
                next[unit] = (1 - z) * n + z * state[unit];
            }
            state = next;
            System.arraycopy(state, 0, out[step], direction * hidden, hidden);
        }
    }

    private static void run(LstmLayout lstm, float[] p, double[][] in, int direction, double[][] out) {
        int hidden = lstm.hidden();
        double[] state = new double[hidden];
        double[] memory = new double[hidden];
        for (int k = 0; k < in.length; k++) {
            int step = direction == 0 ? k : in.length - 1 - k;
            double[] gates = gates(lstm, p, in[step], state);
            for (int unit = 0; unit < hidden; unit++) {
                double i = sigmoid(gates[unit]);
                double f = sigmoid(gates[hidden + unit]);
                double g = Math.tanh(gates[2 * hidden + unit]);
                double o = sigmoid(gates[3 * hidden + unit]);
                memory[unit] = f * memory[unit] + i * g;
                state[unit] = o * Math.tanh(memory[unit]);
            }
            System.arraycopy(state, 0, out[step], direction * hidden, hidden);
        }
    }

    private static double[] gates(LstmLayout lstm, float[] p, double[] x, double[] state) {
        double[] gates = new double[lstm.gateRows()];
        for (int row = 0; row < gates.length; row++) {
            gates[row] = p[lstm.biasOffset() + row];
            for (int i = 0; i < x.length; i++) {
                gates[row] += p[lstm.offset() + row * x.length + i] * x[i];
            }
            for (int i = 0; i < state.length; i++) {
                gates[row] += p[lstm.recurrentOffset() + row * state.length + i] * state[i];
            }
        }
        return gates;
    }

    private static double input(GruLayout gru, float[] p, double[] x, int row) {
        double sum = p[gru.inputBiasOffset() + row];
        for (int i = 0; i < x.length; i++) {
            sum += p[gru.offset() + row * gru.inputStride() + i] * x[i];
        }
        return sum;
    }

    private static double recurrent(GruLayout gru, float[] p, double[] state, int row) {
        double sum = p[gru.recurrentBiasOffset() + row];
        for (int i = 0; i < state.length; i++) {
            sum += p[gru.recurrentOffset() + row * gru.hidden() + i] * state[i];
        }
        return sum;
    }

    private static double[] pool(ClassifierShape shape, float[] p, double[][] states) {
        double[] shares = new double[states.length];
        Arrays.fill(shares, 1.0 / states.length);
        double[] pooled = new double[shape.states()];
        switch (shape.pooling()) {
            case MEAN -> {}
            case ATTENTION -> {
                double[] scores = new double[states.length];
                for (int step = 0; step < scores.length; step++) {
                    for (int i = 0; i < pooled.length; i++) {
                        scores[step] += p[shape.attentionOffset() + i] * states[step][i];
                    }
                }
                shares = softmax(scores);
            }
            case MAX -> {
                Arrays.fill(pooled, Double.NEGATIVE_INFINITY);
                for (double[] state : states) {
                    for (int i = 0; i < pooled.length; i++) {
                        pooled[i] = Math.max(pooled[i], state[i]);
                    }
                }
                return pooled;
            }
        }
        for (int step = 0; step < states.length; step++) {
            for (int i = 0; i < pooled.length; i++) {
                pooled[i] += shares[step] * states[step][i];
            }
        }
        return pooled;
    }

    private static double[] softmax(double[] scores) {
        double sum = Arrays.stream(scores).map(Math::exp).sum();
        return Arrays.stream(scores).map(score -> Math.exp(score) / sum).toArray();
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
