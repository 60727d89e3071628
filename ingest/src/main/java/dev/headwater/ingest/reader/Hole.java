package dev.headwater.ingest.reader;

import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import java.util.Optional;
import java.util.stream.IntStream;

/// A gap without readings of any sensor that is most of the history, as one mistyped year causes.
///
/// @param first its first slot
/// @param end   the slot after its last
/// @param share of the history, 0 to 1
record Hole(long first, long end, double share) {

    private static final int SHORTEST = 1_000;
    private static final double MIN = 0.5;

    /// The longest gap, if it has at least 1,000 slots and is at least half of the history.
    static Optional<Hole> of(Series series) {
        int longest = 0;
        int longestEnd = 0;
        int begin = 0;
        for (int row = 0; row < series.slots(); row++) {
            if (isObserved(series, row)) {
                begin = row + 1;
            } else if (row + 1 - begin > longest) {
                longest = row + 1 - begin;
                longestEnd = row + 1;
            }
        }
        double share = (double) longest / series.slots();
        long end = series.firstSlot() + longestEnd;
        return longest < SHORTEST || share < MIN ? Optional.empty() : Optional.of(new Hole(end - longest, end, share));
    }

    private static boolean isObserved(Series series, int row) {
        return IntStream.range(0, series.sensors().size()).anyMatch(sensor -> series.observed(sensor, row));
    }

    String remark(SensorNetwork network) {
        return "no readings from " + network.clock().start(first) + " to "
                + network.clock().start(end) + ", " + Math.round(100 * share)
                + " % of the time from the first to the last: is a time stamp wrong?";
    }
}
