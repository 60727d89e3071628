package dev.headwater.streams;

import org.apache.kafka.streams.processor.api.Record;

/// A record that is a reading, decoded once for all nodes behind the intake.
///
/// @param record  as it came, at the event time
/// @param offset  of the record; the highest one where it has none, so that it counts as new
/// @param values  `[measure]`, NaN = missing; none where the source has ended
/// @param samples of a frame of sound; none where the source has ended, and where readings are no sound
record AdmittedReading(
        Record<byte[], byte[]> record, String sensor, long slot, long offset, float[] values, short[] samples) {

    /// True when the sensor says that it has ended, as sources of sound do.
    boolean isEnd() {
        return values.length == 0;
    }
}
