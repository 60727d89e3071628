package dev.headwater.lab.definition;

import dev.headwater.forecasting.InvalidInputException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The rule for records of which exactly one component is given.
final class OneKey {

    private OneKey() {}

    /// @param subject what has the keys
    static void require(String subject, @Nullable Object... keys) {
        long given = Arrays.stream(keys).filter(Objects::nonNull).count();
        if (given != 1) {
            throw new InvalidInputException(subject + " must have exactly one key, found " + given);
        }
    }
}
