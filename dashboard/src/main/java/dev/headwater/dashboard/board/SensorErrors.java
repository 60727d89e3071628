package dev.headwater.dashboard.board;

import dev.headwater.forecasting.network.WindowSpec;

/// Masked MAE of one sensor by step, over what is remembered of it, beside persistence on the same slots.
///
/// @param model       `[step]` sums of absolute errors of the forecasts
/// @param persistence `[step]` those of the value at the time of issue
/// @param counts      `[step]`
record SensorErrors(double[] model, double[] persistence, long[] counts) {

    static SensorErrors of(SensorTrack track, Memory memory, WindowSpec window) {
        SensorErrors errors = new SensorErrors(
                new double[memory.horizon()], new double[memory.horizon()], new long[memory.horizon()]);
        long newest = track.newestSlot();
        if (newest == Long.MIN_VALUE) {
            return errors;
        }
        for (long issued = newest - memory.slots() + 1; issued < newest; issued++) {
            float last = track.target(issued);
            if (!Float.isNaN(last)) {
                errors.add(track, window, issued, last);
            }
        }
        return errors;
    }

    private void add(SensorTrack track, WindowSpec window, long issued, float last) {
        for (int step = 1; step <= counts.length; step++) {
            float truth = track.target(issued + window.lead(step));
            float forecast = track.forecast(issued, step);
            if (!Float.isNaN(truth) && !Float.isNaN(forecast)) {
                model[step - 1] += Math.abs(forecast - truth);
                persistence[step - 1] += Math.abs(last - truth);
                counts[step - 1]++;
            }
        }
    }

    /// Number of values compared, over all steps.
    long count() {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }

    /// MAE over all steps; NaN without a comparison.
    static double mean(double[] sums, long count) {
        double sum = 0;
        for (double one : sums) {
            sum += one;
        }
        return count == 0 ? Double.NaN : sum / count;
    }
}
