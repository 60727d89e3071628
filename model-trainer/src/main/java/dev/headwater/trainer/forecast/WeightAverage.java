package dev.headwater.trainer.forecast;

/// The running average of the weights over the updates: `average = d average + (1 - d) weights`. In the first updates
/// `d` is no more than `(1 + n) / (10 + n)`, so that the random weights of the start are soon forgotten (the warm-up of
/// TensorFlow's `ExponentialMovingAverage`).
final class WeightAverage {

    private static final double WARM_UP = 10;

    private final double decay;
    private float[] average = {};
    private long updates;

    /// @param decay how much of the average stays at each update; 0 for the weights themselves
    WeightAverage(double decay) {
        this.decay = decay;
    }

    /// Whether the average is anything but the weights of the last update.
    boolean isWanted() {
        return decay > 0;
    }

    /// Takes the weights after an update in.
    void add(float[] weights) {
        if (average.length == 0) {
            average = weights.clone();
        }
        double kept = Math.min(decay, (1 + updates) / (WARM_UP + updates));
        float share = (float) (1 - kept);
        for (int i = 0; i < average.length; i++) {
            average[i] += share * (weights[i] - average[i]);
        }
        updates++;
    }

    /// The average so far, `[parameters]`: a copy. Empty before the first update.
    float[] get() {
        return average.clone();
    }

    long updates() {
        return updates;
    }

    /// Takes up where another one was.
    void resume(float[] from, long after) {
        average = from.clone();
        updates = after;
    }
}
