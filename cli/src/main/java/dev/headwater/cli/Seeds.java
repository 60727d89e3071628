package dev.headwater.cli;

import dev.headwater.forecasting.InvalidInputException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// The value of `--seeds`: how many, or which.
final class Seeds {

    private static final int MAX = 100;

    private Seeds() {}

    /// The seeds in order; the first alone when none was named.
    ///
    /// @param text  a number, or seeds such as `1,2,3`
    /// @param first the seed to count from
    static List<Long> of(@Nullable String text, long first) {
        if (text == null) {
            return List.of(first);
        }
        List<Long> named;
        try {
            named = Arrays.stream(text.split(","))
                    .map(one -> Long.valueOf(one.strip()))
                    .toList();
        } catch (NumberFormatException e) {
            throw new InvalidInputException(fault(text), e);
        }
        if (named.size() > 1) {
            return named.stream().distinct().toList();
        }
        if (named.isEmpty() || named.getFirst() < 1 || named.getFirst() > MAX) {
            throw new InvalidInputException(fault(text));
        }
        return LongStream.range(0, named.getFirst()).mapToObj(i -> first + i).toList();
    }

    private static String fault(String text) {
        return "--seeds must be a number from 1 to " + MAX + " or seeds such as 1,2,3, found '" + text + "'";
    }
}
