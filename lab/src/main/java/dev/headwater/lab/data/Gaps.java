package dev.headwater.lab.data;

import dev.headwater.forecasting.InvalidInputException;
import java.util.function.IntFunction;

/// Missing values.
final class Gaps {

    private Gaps() {}

    /// Replaces each missing value by the column's last one before it, and those before the first by the first.
    ///
    /// @param values `[row][column]`, NaN where missing; written
    /// @param name   names a column for the message
    /// @throws InvalidInputException when a column has no value at all
    static void fill(float[] values, int columns, IntFunction<String> name) {
        for (int column = 0; column < columns; column++) {
            float last = first(values, column, columns, name);
            for (int at = column; at < values.length; at += columns) {
                last = Float.isNaN(values[at]) ? last : values[at];
                values[at] = last;
            }
        }
    }

    private static float first(float[] values, int column, int columns, IntFunction<String> name) {
        for (int at = column; at < values.length; at += columns) {
            if (!Float.isNaN(values[at])) {
                return values[at];
            }
        }
        throw new InvalidInputException(
                name.apply(column) + ": must have a value, all " + values.length / columns + " are missing");
    }
}
