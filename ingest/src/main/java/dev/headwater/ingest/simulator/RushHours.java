package dev.headwater.ingest.simulator;

/// The queue that forms every working day at one place, because demand exceeds capacity: it grows upstream from
/// the bottleneck, is longest at the peak, and dissolves.
///
/// @param mile       where the bottleneck is, in miles of travel
/// @param peakHour   local hour of the longest queue
/// @param longest    miles of queue on an ordinary day
/// @param queueSpeed mph within it
record RushHours(double mile, double peakHour, double longest, double queueSpeed) {

    private static final double HOURS_BEFORE = 1.9;
    private static final double HOURS_AFTER = 1.6;
    private static final double CAPACITY = 0.35; // demand that passes without a queue
    private static final double EDGE_MILES = 0.5;

    /// Demand at an hour as a share of the ordinary peak.
    ///
    /// @param day demand of that day, 1 = an ordinary working day
    double demand(double hour, double day) {
        double off = hour - peakHour;
        double share = off < 0 ? 1 + off / HOURS_BEFORE : 1 - off / HOURS_AFTER;
        return share <= 0 ? 0 : day * share * share * (3 - 2 * share);
    }

    /// How deep a place is in the queue, 0 (free) to 1.
    double depth(double atMile, double demand) {
        double queue = longest * (demand - CAPACITY) / (1 - CAPACITY);
        double upstream = mile - atMile;
        if (queue <= 0 || upstream < -EDGE_MILES || upstream > queue + EDGE_MILES) {
            return 0;
        }
        double full = Math.min(1, queue); // a queue shorter than a mile slows traffic less
        return full
                * Math.clamp(upstream / EDGE_MILES + 0.5, 0, 1)
                * Math.clamp((queue - upstream) / EDGE_MILES + 0.5, 0, 1);
    }
}
