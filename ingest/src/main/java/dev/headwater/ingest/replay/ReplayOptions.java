package dev.headwater.ingest.replay;

import dev.headwater.bus.ValueFormat;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.ingest.reader.DatasetReader;
import org.jspecify.annotations.Nullable;

/// Options of a replay.
///
/// @param speed    times real time; that at the beginning where a [Playback] changes it
/// @param from     first slot; slots before the source begins are skipped
/// @param to       the slot after the last; slots after the source ends are skipped
/// @param format   form of the values on the bus
/// @param progress whether to show a bar on standard error
public record ReplayOptions(Speed speed, long from, long to, ValueFormat format, Progress progress) {

    /// Whether a progress bar is shown once playing has taken a second.
    public enum Progress {
        /// On a terminal, and as plain lines elsewhere when the end is known.
        AUTO,
        ALWAYS,
        NEVER
    }

    /// Everything that the source has, as JSON.
    public static ReplayOptions all(Speed speed) {
        return new ReplayOptions(speed, Long.MIN_VALUE, Long.MAX_VALUE, ValueFormat.JSON, Progress.AUTO);
    }

    /// The same between two time stamps (see [DatasetReader#millis]).
    ///
    /// @param start time in the first slot; null = from the beginning
    /// @param end   time in the first slot that is not played; null = to the end
    /// @throws InvalidInputException when one is not a time stamp, or the end is not after the start
    public ReplayOptions between(@Nullable String start, @Nullable String end, SensorNetwork network) {
        long first = start == null ? from : slot("start", start, network);
        long after = end == null ? to : slot("end", end, network);
        if (first >= after) {
            throw new InvalidInputException("end: must be after start " + start + ", found " + end);
        }
        return new ReplayOptions(speed, first, after, format, progress);
    }

    private static long slot(String subject, String stamp, SensorNetwork network) {
        return network.clock().slotOf(DatasetReader.millis(subject, stamp, network.zone()));
    }

    public ReplayOptions withFormat(ValueFormat other) {
        return new ReplayOptions(speed, from, to, other, progress);
    }

    public ReplayOptions withProgress(Progress other) {
        return new ReplayOptions(speed, from, to, format, other);
    }
}
