package dev.headwater.lab.plot;

import java.util.List;

/// Checks that what is drawn together belongs together.
final class Lengths {

    private Lengths() {}

    /// @throws IllegalArgumentException when the lengths differ or are 0
    static void same(String name, int length, String other, int otherLength) {
        if (length != otherLength) {
            throw new IllegalArgumentException(
                    "%s must have as many values as %s, %d: %d".formatted(name, other, otherLength, length));
        }
        some(name, length);
    }

    /// @throws IllegalArgumentException when there is nothing to draw
    static void some(String name, int length) {
        if (length == 0) {
            throw new IllegalArgumentException(name + " must not be empty");
        }
    }

    /// @throws IllegalArgumentException when there is nothing to draw
    static void some(String name, List<?> values) {
        some(name, values.size());
    }
}
