package dev.headwater.forecasting.interval;

import java.util.Arrays;

/// What an [IntervalTable] has of one step, fitted on the residuals of that step.
final class StepFit {

    private static final int INPUTS = IntervalTable.INPUTS;
    private static final float LEAST_WIDTH = 1e-3f; // of an interval, in scales: adapting needs some

    private final Levels levels;
    private final float[] residuals; // [sample]
    private final float[] inputs; // [sample][input]
    private final float[] scales; // [sample], logarithms; after the weights

    /// @param residuals `[sample]`, NaN = no truth
    /// @param inputs    `[sample][input]`, may be longer; not yet logarithms
    StepFit(Levels levels, float[] residuals, float[] inputs) {
        float[] known = new float[residuals.length];
        float[] of = new float[residuals.length * INPUTS];
        int count = 0;
        for (int i = 0; i < residuals.length; i++) {
            if (!Float.isNaN(residuals[i])) {
                System.arraycopy(inputs, i * INPUTS, of, count * INPUTS, INPUTS);
                known[count++] = residuals[i];
            }
        }
        this.levels = levels;
        this.residuals = Arrays.copyOf(known, count);
        this.inputs = of;
        this.scales = new float[count];
    }

    int count() {
        return residuals.length;
    }

    float input(int sample, int input) {
        return inputs[sample * INPUTS + input];
    }

    /// Mean absolute residual.
    float meanResidual() {
        double sum = 0;
        for (float residual : residuals) {
            sum += Math.abs(residual);
        }
        return (float) (sum / residuals.length);
    }

    /// Ridge regression of the logarithm of the absolute residual on the inputs.
    ///
    /// @param ridge relative to the number of samples
    /// @param out   `[input, then 1]` from `at` on
    void weights(float[] means, float[] deviations, float unit, double ridge, float[] out, int at) {
        double[][] squares = new double[INPUTS][INPUTS];
        double[] products = new double[INPUTS];
        double[] row = new double[INPUTS];
        double mean = 0;
        for (float residual : residuals) {
            mean += Math.log(Math.abs(residual) + unit) / residuals.length;
        }
        for (int sample = 0; sample < count(); sample++) {
            standard(sample, means, deviations, unit, row);
            double distance = Math.log(Math.abs(residuals[sample]) + unit) - mean;
            for (int i = 0; i < INPUTS; i++) {
                products[i] += row[i] * distance;
                for (int j = 0; j < INPUTS; j++) {
                    squares[i][j] += row[i] * row[j];
                }
            }
        }
        for (int i = 0; i < INPUTS; i++) {
            squares[i][i] += Math.max(ridge, 1e-6) * count();
        }
        double[] solved = LinearSystem.solve(squares, products);
        for (int sample = 0; sample < count(); sample++) {
            standard(sample, means, deviations, unit, row);
            double scale = mean;
            for (int i = 0; i < INPUTS; i++) {
                scale += row[i] * solved[i];
            }
            scales[sample] = (float) scale;
        }
        for (int i = 0; i < INPUTS; i++) {
            out[at + i] = (float) solved[i];
        }
        out[at + INPUTS] = (float) mean;
    }

    private void standard(int sample, float[] means, float[] deviations, float unit, double[] out) {
        for (int i = 0; i < INPUTS; i++) {
            float value = IntervalTable.standard(i, input(sample, i), unit);
            out[i] = IntervalTable.centred(value, means[i], deviations[i]);
        }
    }

    /// Quantiles of the residuals in scales, in groups of equally many samples of increasing scale.
    ///
    /// @param knots     mean logarithms of the scales of a group, from `at` on
    /// @param quantiles `[knot][level][lower, upper]`
    void knots(int count, float[] knots, float[] quantiles, int at) {
        long[] order = new long[count()]; // the scale in the upper half, the sample in the lower one
        for (int i = 0; i < order.length; i++) {
            int bits = Float.floatToIntBits(scales[i]);
            order[i] = (long) (bits ^ (bits >> 31 & Integer.MAX_VALUE)) << Integer.SIZE | i; // as floats sort
        }
        Arrays.sort(order);
        for (int knot = 0; knot < count; knot++) {
            int from = (int) ((long) knot * order.length / count);
            int to = Math.max(from + 1, (int) ((knot + 1L) * order.length / count));
            float[] group = new float[to - from];
            double sum = 0;
            for (int i = from; i < to; i++) {
                int sample = (int) order[i];
                group[i - from] = residuals[sample] / (float) Math.exp(scales[sample]);
                sum += scales[sample];
            }
            Arrays.sort(group);
            knots[at + knot] = (float) (sum / group.length);
            quantiles(group, quantiles, (at + knot) * levels.bounds());
        }
    }

    /// Quantiles of the residuals themselves.
    void fixed(float[] out, int at) {
        float[] sorted = residuals.clone();
        Arrays.sort(sorted);
        quantiles(sorted, out, at);
    }

    private void quantiles(float[] sorted, float[] out, int at) {
        for (int bound = 0; bound < levels.bounds(); bound += 2) {
            double beyond = levels.beyond(bound);
            float lower = ResidualBand.quantile(sorted, 0, sorted.length, beyond);
            float upper = ResidualBand.quantile(sorted, 0, sorted.length, 1 - beyond);
            float lacking = Math.max(0, LEAST_WIDTH - (upper - lower)) / 2;
            out[at + bound] = lower - lacking;
            out[at + bound + 1] = upper + lacking;
        }
    }
}
