package dev.headwater.ingest.replay;

/// The result of a replay.
///
/// @param topic    the readings topic
/// @param slots    slots played
/// @param readings readings that the broker acknowledged
/// @param missing  of these, readings without any value
/// @param seconds  from the first reading to the last acknowledgement
public record ReplayReport(String topic, long slots, long readings, long missing, double seconds) {

    public double readingsPerSecond() {
        return seconds > 0 ? readings / seconds : 0;
    }
}
