package dev.headwater.streams;

import java.util.function.Consumer;

/// The readings that a task has taken in before. Its windows are rebuilt from them when their stored state
/// cannot be read: it was stored for other readings, or by a newer version.
@FunctionalInterface
interface PastReadings {

    /// None.
    PastReadings NONE = (partition, action) -> {};

    /// A reading of the topic.
    ///
    /// @param values `[measure]`, NaN = missing
    /// @param offset of its record
    record Past(String sensor, long slot, float[] values, long offset) {}

    /// Passes on the readings of a window and the slots before it that a ring keeps, up to where the stream
    /// goes on, as far as their topic still has them.
    void forEach(int partition, Consumer<Past> action);
}
