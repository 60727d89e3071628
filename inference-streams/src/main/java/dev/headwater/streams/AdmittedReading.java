package dev.headwater.streams;

import org.apache.kafka.streams.processor.api.Record;

/// A record that is a reading, decoded once for all nodes behind the intake.
///
/// @param record  the original record, at its event time
/// @param offset  of the record; `Long.MAX_VALUE` when it has none, so that it counts as new
/// @param values  `[measure]`, NaN = missing; empty at the end of a source
/// @param samples samples of a frame of sound; empty at the end of a source and for readings that are not sound
record AdmittedReading(
        Record<byte[], byte[]> record, String sensor, long slot, long offset, float[] values, short[] samples) {

    /// True when the record marks the end of a source of sound.
    boolean isEnd() {
        return values.length == 0;
    }
}
