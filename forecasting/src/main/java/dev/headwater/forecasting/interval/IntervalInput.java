package dev.headwater.forecasting.interval;

import dev.headwater.forecasting.window.WindowBatch;

/// What is known when a forecast is issued and tells how far the truth may lie from it. In the unit of the
/// target; NaN when unknown, as are those of the profile in a network without one. Which of them matter was
/// chosen by measurement (decision 18).
enum IntervalInput {
    /// Mean change from one observed sample of the window to the next.
    CHANGE,
    /// Standard deviation of the window.
    DEVIATION,
    /// Mean distance of the window from the profile.
    DISTANCE,
    /// The usual distance of such days from the profile at the step.
    SPREAD,
    /// Distance of the forecast from the profile at the step.
    UNUSUAL,
    /// Distance of the forecast from the last observed value.
    MOVE,
    /// The forecast itself.
    LEVEL;

    /// The inputs in the order of a table's weights.
    static final IntervalInput[] ALL = values();

    /// Whether all steps of a forecast have the same.
    boolean isOfWindow() {
        return switch (this) {
            case CHANGE, DEVIATION, DISTANCE -> true;
            case SPREAD, UNUSUAL, MOVE, LEVEL -> false;
        };
    }

    /// Whether its logarithm counts.
    boolean isDistance() {
        return this != LEVEL;
    }

    /// @param step  from 1
    /// @param value the forecast of that step
    float of(WindowBatch batch, int window, int step, float value) {
        return switch (this) {
            case CHANGE, DEVIATION, DISTANCE -> ofWindow(batch, window);
            case SPREAD -> batch.hasSeasonal() ? batch.seasonal().stepSpread(window, step) : Float.NaN;
            case UNUSUAL ->
                batch.hasSeasonal() ? Math.abs(value - batch.seasonal().stepKind(window, step)) : Float.NaN;
            case MOVE -> Math.abs(value - batch.lastObserved(window));
            case LEVEL -> value;
        };
    }

    /// An input that all steps of a forecast have in common.
    float ofWindow(WindowBatch batch, int window) {
        return switch (this) {
            case CHANGE -> change(batch, window);
            case DEVIATION -> deviation(batch, window);
            case DISTANCE -> distance(batch, window);
            case SPREAD, UNUSUAL, MOVE, LEVEL -> throw new IllegalStateException(this + " is one of steps");
        };
    }

    /// An input of each step of a forecast.
    ///
    /// @param values of the batch, `[window][horizon]`
    /// @param out    receives them from `at` on, `stride` apart
    void ofSteps(WindowBatch batch, int window, float[] values, int horizon, float[] out, int at, int stride) {
        float last = this == MOVE ? batch.lastObserved(window) : 0;
        for (int step = 0; step < horizon; step++) {
            float value = values[window * horizon + step];
            out[at + step * stride] = this == MOVE ? Math.abs(value - last) : of(batch, window, step + 1, value);
        }
    }

    private static float change(WindowBatch batch, int window) {
        float before = Float.NaN;
        float sum = 0;
        int count = 0;
        for (int sample = 0; sample < batch.lookback(); sample++) {
            float value = batch.target(window, sample);
            if (!Float.isNaN(value)) {
                if (!Float.isNaN(before)) {
                    sum += Math.abs(value - before);
                    count++;
                }
                before = value;
            }
        }
        return sum / count; // 0 / 0 = NaN
    }

    private static float deviation(WindowBatch batch, int window) {
        double sum = 0;
        double squares = 0;
        int count = 0;
        for (int sample = 0; sample < batch.lookback(); sample++) {
            double value = batch.target(window, sample);
            if (!Double.isNaN(value)) {
                sum += value;
                squares += value * value;
                count++;
            }
        }
        double mean = sum / count;
        return (float) Math.sqrt(Math.max(0, squares / count - mean * mean));
    }

    private static float distance(WindowBatch batch, int window) {
        float sum = 0;
        int count = 0;
        for (int sample = 0; batch.hasSeasonal() && sample < batch.lookback(); sample++) {
            float distance =
                    Math.abs(batch.target(window, sample) - batch.seasonal().sampleKind(window, sample));
            if (!Float.isNaN(distance)) {
                sum += distance;
                count++;
            }
        }
        return sum / count; // 0 / 0 = NaN
    }
}
