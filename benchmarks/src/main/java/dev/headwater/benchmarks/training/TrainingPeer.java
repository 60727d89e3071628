package dev.headwater.benchmarks.training;

/// Another way to train the network, on one batch again and again: what it would take to encode windows is not counted.
interface TrainingPeer extends AutoCloseable {

    /// As the row names it.
    String name();

    /// Largest difference of its first gradient from ours, as a share of the largest value.
    double gradientDifference();

    /// Trains about this long: forward, backward, Adam.
    ///
    /// @return windows a second
    double train(double seconds);

    @Override
    void close();
}
