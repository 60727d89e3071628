package dev.headwater.forecasting.network;

import dev.headwater.forecasting.InvalidInputException;
import org.jspecify.annotations.Nullable;

/// One quantity that every sensor of a network reports, for example `speed` in `mph`.
///
/// @param name    the field name on the bus
/// @param unit    the unit of its values, for people
/// @param missing the value by which the source says "no reading" (0 for PEMS), or null when only blanks mean that
public record Measure(String name, String unit, @Nullable Float missing) {

    public Measure {
        if (name == null || !name.matches("[a-zA-Z][a-zA-Z0-9_-]*")) {
            throw new InvalidInputException("measures: a name has letters, digits, - and _ only, found '" + name + "'");
        }
        unit = unit == null ? "" : unit;
    }

    /// The value as this measure understands it: NaN when it is the sentinel for "no reading", or is not a number.
    public float clean(float value) {
        return Float.isInfinite(value) || (missing != null && value == missing) ? Float.NaN : value;
    }
}
