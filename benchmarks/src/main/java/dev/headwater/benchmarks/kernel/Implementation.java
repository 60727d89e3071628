package dev.headwater.benchmarks.kernel;

/// A way to compute the forecasts of one batch. The inputs lie as it likes them best before it is measured, so that
/// conversions do not count.
interface Implementation extends AutoCloseable {

    /// As the row names its peer.
    String name();

    /// Forecasts the batch.
    void run();

    /// Forecasts of the last run, `[window][horizon]`; empty where the network is another one, that cannot be compared.
    float[] forecasts();

    @Override
    void close();
}
