package dev.headwater.benchmarks.stream;

/// Rounds of readings, a second each, one reading of each sensor in a round.
///
/// @param fromSlot slot of the first round, counted from the first slot that is sent
/// @param toSlot   slot after the last
/// @param begin    when the first round begins, as [System#nanoTime()] counts
public record PacedRounds(int sensors, int fromSlot, int toSlot, Spread spread, long begin) {

    /// When the readings of a round are due.
    public enum Spread {
        /// One after the other, over the whole second.
        EVEN,
        /// All of them when the second begins.
        AT_ONCE
    }

    private static final long SECOND = 1_000_000_000L; // ns

    /// When a reading is due, as [System#nanoTime()] counts.
    public long due(int sensor, int slot) {
        long round = begin + SECOND * (slot - fromSlot);
        return switch (spread) {
            case EVEN -> round + SECOND * sensor / sensors;
            case AT_ONCE -> round;
        };
    }

    /// Whether a reading is one of these.
    public boolean include(int sensor, int slot) {
        return sensor < sensors && slot >= fromSlot && slot < toSlot;
    }
}
