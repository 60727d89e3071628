package dev.headwater.lab.definition;

import dev.headwater.forecasting.InvalidInputException;
import org.jspecify.annotations.Nullable;

/// The rule for numbers of things.
final class Count {

    private Count() {}

    /// @param count null when the key is not given
    /// @throws InvalidInputException unless it is 1 or more
    static void require(String name, @Nullable Integer count) {
        if (count != null && count < 1) {
            throw new InvalidInputException(name + " must be at least 1, found " + count);
        }
    }
}
