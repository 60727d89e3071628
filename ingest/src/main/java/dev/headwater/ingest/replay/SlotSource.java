package dev.headwater.ingest.replay;

/// Readings slot by slot.
public interface SlotSource extends Timeline {

    /// Passes the readings of a slot to `sink`, in a fixed order of sensors.
    void emit(long slot, Sink sink);

    /// Receives readings.
    @FunctionalInterface
    interface Sink {

        /// @param values one per measure, NaN = missing; only valid during the call
        void accept(String sensor, float[] values);
    }
}
