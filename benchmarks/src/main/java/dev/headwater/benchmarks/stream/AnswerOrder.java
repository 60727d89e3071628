package dev.headwater.benchmarks.stream;

import java.util.Arrays;

/// Checks that the readings of each sensor are answered once and in order. Not thread-safe.
final class AnswerOrder {

    private final int[] next; // [sensor] slot of the answer that must come next

    /// @param first slot of the first answer of each sensor
    AnswerOrder(int sensors, int first) {
        this.next = new int[sensors];
        Arrays.fill(next, first);
    }

    /// @throws IllegalStateException when an answer is missing or there twice
    void take(int sensor, int slot) {
        if (slot != next[sensor]) {
            throw new IllegalStateException(
                    "sensor " + sensor + ": must be answered at slot " + next[sensor] + " next, found " + slot);
        }
        next[sensor] = slot + 1;
    }
}
