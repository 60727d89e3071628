package dev.headwater.forecasting.reading;

import java.util.Arrays;

/// How far apart the readings of a source come: the times between one and the next of the same sensor, of the first
/// some thousands. Slots do not tell it: an hourly file fills every slot of a network of an hour and a half.
public final class Spacing {

    private static final int MAX = 10_000;

    private final long[] gaps = new long[MAX]; // milliseconds
    private int count;

    /// Takes two times that follow each other in the source; equal ones are one.
    public void add(long previous, long next) {
        if (count < MAX && previous != next && previous != Long.MIN_VALUE) {
            gaps[count++] = Math.abs(next - previous); // a file may run backwards
        }
    }

    /// Times between readings that were taken.
    int count() {
        return count;
    }

    /// The time that comes most often; 0 for none.
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

    /// How often a time comes.
    long count(long gap) {
        return Arrays.stream(gaps, 0, count).filter(one -> one == gap).count();
    }
}
