package dev.headwater.forecasting.reading;

import java.util.Arrays;

/// The spacing of a source's readings: the times between consecutive readings of the same sensor, for the first
/// 10,000 pairs. Slots do not reveal it: an hourly file fills every slot of a network with an interval of an
/// hour and a half.
public final class Spacing {

    private static final int MAX = 10_000;

    private final long[] gaps = new long[MAX]; // milliseconds
    private int count;

    /// Adds two consecutive times of a sensor; equal times are ignored.
    public void add(long previous, long next) {
        if (count < MAX && previous != next && previous != Long.MIN_VALUE) {
            gaps[count++] = Math.abs(next - previous); // a file may be in descending order
        }
    }

    /// Number of spacings collected.
    int count() {
        return count;
    }

    /// The most frequent spacing in milliseconds; 0 for none.
    long mode() {
        long[] sorted = Arrays.stream(gaps, 0, count).sorted().toArray();
        long mode = 0;
        int longest = 0;
        int begin = 0;
        for (int i = 0; i < sorted.length; i++) {
            begin = sorted[i] == sorted[begin] ? begin : i;
            if (i - begin + 1 > longest) {
                longest = i - begin + 1;
                mode = sorted[i];
            }
        }
        return mode;
    }

    /// How often a spacing occurs.
    long count(long gap) {
        return Arrays.stream(gaps, 0, count).filter(one -> one == gap).count();
    }
}
