package dev.headwater.ingest.replay;

import dev.headwater.forecasting.network.Network;

/// Readings slot by slot.
public interface SlotSource {

    Network network();

    /// The first slot that it has.
    long firstSlot();

    /// The slot after its last; `Long.MAX_VALUE` when it never ends.
    long endSlot();

    /// Hands over the readings of a slot, in a fixed order of sensors.
    void emit(long slot, Sink sink);

    /// Takes readings.
    @FunctionalInterface
    interface Sink {

        /// @param values one per measure, NaN = missing; only valid during the call
        void accept(String sensor, float[] values);
    }
}
