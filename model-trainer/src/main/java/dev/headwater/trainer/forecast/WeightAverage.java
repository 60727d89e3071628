package dev.headwater.trainer.forecast;

/// The exponential moving average of the weights over the updates: `average = d average + (1 - d) weights`. In
/// the first updates `d` is at most `(1 + n) / (10 + n)`, so that the initial weights soon lose their influence
/// (the warm-up of TensorFlow's `ExponentialMovingAverage`).
final class WeightAverage {

    private static final double WARM_UP = 10;

    private final double decay;
    private float[] average = {};
    private long updates;

    /// @param decay `d`; 0 for no average
    WeightAverage(double decay) {
        this.decay = decay;
    }

    /// False when the decay is 0.
    boolean isWanted() {
        return decay > 0;
    }

    /// Adds the weights after an update.
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

    /// Restores the state of an earlier average.
    void resume(float[] from, long after) {
        average = from.clone();
        updates = after;
    }
}
