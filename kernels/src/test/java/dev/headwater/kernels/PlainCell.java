package dev.headwater.kernels;

import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/// A recurrent cell in double precision, sequence by sequence: the reference for all [SequenceKernel]s.
record PlainCell(Kind kind, int inputs, int hidden) {

    enum Kind {
        LSTM(4, 1),
        RNN_TANH(1, 1),
        RNN_RELU(1, 1),
        GRU_TANH(3, 2),
        GRU_RELU(3, 2);

        final int gates;
        final int biases;

        Kind(int gates, int biases) {
            this.gates = gates;
            this.biases = biases;
        }
    }

    int parameterCount() {
        return kind.gates * hidden * (inputs + hidden + kind.biases);
    }

    SequenceKernel kernel(int threads) {
        return switch (kind) {
            case LSTM -> CellSequence.lstm(inputs, hidden, threads);
            case RNN_TANH -> CellSequence.simpleRnn(inputs, hidden, StateActivation.TANH, threads);
            case RNN_RELU -> CellSequence.simpleRnn(inputs, hidden, StateActivation.RELU, threads);
            case GRU_TANH -> new GruSequence(inputs, hidden, threads);
            case GRU_RELU -> new GruSequence(inputs, hidden, StateActivation.RELU, threads);
        };
    }

    /// States of one sequence, `[steps * hidden]`.
    ///
    /// @param p       parameters in the kernel's layout
    /// @param x       `[steps * inputs]`
    /// @param present `[steps]`
    /// @param dropped `[hidden]`, factors of the state before it enters the gates
    /// @param h0      `[hidden]`
    double[] run(double[] p, double[] x, boolean[] present, double[] dropped, double[] h0) {
        double[] out = new double[present.length * hidden];
        double[] h = h0.clone();
        double[] c = new double[hidden];
        for (int step = 0; step < present.length; step++) {
            if (present[step]) {
                double[] seen = new double[hidden];
                for (int unit = 0; unit < hidden; unit++) {
                    seen[unit] = h[unit] * dropped[unit];
                }
                for (int unit = 0; unit < hidden; unit++) {
                    next(p, x, step, seen, h, c, unit);
                }
            }
            System.arraycopy(h, 0, out, step * hidden, hidden);
        }
        return out;
    }

    /// Replaces the state of one unit.
    private void next(double[] p, double[] x, int step, double[] seen, double[] h, double[] c, int unit) {
        double first = input(p, x, step, 0, unit) + recurrent(p, seen, 0, unit);
        switch (kind) {
            case RNN_TANH -> h[unit] = Math.tanh(first);
            case RNN_RELU -> h[unit] = Math.max(0, first);
            case GRU_TANH -> h[unit] = gru(p, x, step, seen, h[unit], unit, Math::tanh);
            case GRU_RELU -> h[unit] = gru(p, x, step, seen, h[unit], unit, value -> Math.max(0, value));
            case LSTM -> {
                double forget = sigmoid(input(p, x, step, 1, unit) + recurrent(p, seen, 1, unit));
                double written = Math.tanh(input(p, x, step, 2, unit) + recurrent(p, seen, 2, unit));
                double output = sigmoid(input(p, x, step, 3, unit) + recurrent(p, seen, 3, unit));
                c[unit] = forget * c[unit] + sigmoid(first) * written;
                h[unit] = output * Math.tanh(c[unit]);
            }
        }
    }

    private double gru(
            double[] p, double[] x, int step, double[] seen, double h, int unit, DoubleUnaryOperator activation) {
        double reset = sigmoid(input(p, x, step, 0, unit) + recurrent(p, seen, 0, unit));
        double update = sigmoid(input(p, x, step, 1, unit) + recurrent(p, seen, 1, unit));
        double candidate = input(p, x, step, 2, unit) + reset * recurrent(p, seen, 2, unit);
        return (1 - update) * activation.applyAsDouble(candidate) + update * h;
    }

    /// The inputs' part of a pre-activation, with the first bias.
    private double input(double[] p, double[] x, int step, int gate, int unit) {
        int row = gate * hidden + unit;
        double sum = p[kind.gates * hidden * (inputs + hidden) + row];
        for (int i = 0; i < inputs; i++) {
            sum += p[row * inputs + i] * x[step * inputs + i];
        }
        return sum;
    }

    /// The state's part of a pre-activation, with the second bias if there is one.
    private double recurrent(double[] p, double[] seen, int gate, int unit) {
        int row = gate * hidden + unit;
        double sum = kind.biases == 1 ? 0 : p[kind.gates * hidden * (inputs + hidden + 1) + row];
        for (int i = 0; i < hidden; i++) {
            sum += p[kind.gates * hidden * inputs + row * hidden + i] * seen[i];
        }
        return sum;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /// A seeded batch for a cell, with everything that a kernel takes.
    ///
    /// @param mask    `[batch][steps]`, null for none
    /// @param dropped `[batch][hidden]`, null for none
    /// @param h0      `[batch][hidden]`, null for none
    record Batch(
            PlainCell cell,
            int size,
            int steps,
            float[] parameters,
            float[] x,
            float @Nullable [] mask,
            float @Nullable [] dropped,
            float @Nullable [] h0) {

        /// Outputs of one sequence for other parameters, inputs or initial states.
        double[] exact(double[] p, double[] inputs, double[] start, int row) {
            boolean[] present = new boolean[steps];
            double[] factors = new double[cell.hidden];
            for (int step = 0; step < steps; step++) {
                present[step] = mask == null || mask[row * steps + step] != 0;
            }
            for (int unit = 0; unit < cell.hidden; unit++) {
                factors[unit] = dropped == null ? 1 : dropped[row * cell.hidden + unit];
            }
            return cell.run(p, inputs, present, factors, start);
        }

        double[] inputs(int row) {
            return PlainGru.slice(x, row * steps * cell.inputs, steps * cell.inputs);
        }

        double[] start(int row) {
            return h0 == null ? new double[cell.hidden] : PlainGru.slice(h0, row * cell.hidden, cell.hidden);
        }

        int outputs() {
            return size * steps * cell.hidden;
        }
    }
}
