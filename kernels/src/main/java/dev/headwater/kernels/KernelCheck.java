package dev.headwater.kernels;

import dev.headwater.kernels.internal.Lanes;
import java.util.List;

/// Checks on this machine that the vector kernels give the result of a plain computation.
///
/// @param lanes float32 values in one vector
/// @param error largest difference from a plain computation in double precision
public record KernelCheck(int lanes, double error) {

    static final Seq2SeqShape SHAPE = new Seq2SeqShape(6, 3, 2, 1, 8, List.of());

    /// Forecasts for [#row()] with [#parameters()], computed in double precision without vectors.
    static final double[] PLAIN = {1.619794586321718, 1.6318549251094316, 1.6506476158006385};

    private static final int WINDOWS = Lanes.WIDEST_TILE + 1; // a full tile and one single window
    private static final double MAX = 1e-5;

    /// Forecasts some windows.
    ///
    /// @throws LinkageError when the JVM was started without the vector module
    public static KernelCheck run() {
        int length = SHAPE.rowLength();
        float[] rows = new float[WINDOWS * length];
        for (int window = 0; window < WINDOWS; window++) {
            System.arraycopy(row(), 0, rows, window * length, length);
        }
        float[] forecasts = new float[WINDOWS * SHAPE.horizon()];
        new Seq2SeqGru(SHAPE, parameters()).forward(rows, 0, WINDOWS, forecasts, 0);
        double error = 0;
        for (int i = 0; i < forecasts.length; i++) {
            double difference = Math.abs(forecasts[i] - PLAIN[i % PLAIN.length]);
            error = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(error, difference);
        }
        return new KernelCheck(Lanes.LENGTH, error);
    }

    /// Whether the difference is small enough to be rounding.
    public boolean agrees() {
        return error <= MAX;
    }

    static float[] parameters() {
        float[] parameters = new float[SHAPE.parameterCount()];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = (float) (0.4 * Math.sin(7.0 * i + 1));
        }
        return parameters;
    }

    /// A packed window.
    static float[] row() {
        float[] row = new float[SHAPE.rowLength()];
        for (int i = 0; i < row.length; i++) {
            row[i] = (float) (1 + Math.cos(3.0 * i));
        }
        return row;
    }
}
