package dev.headwater.forecasting.network;

import dev.headwater.forecasting.InvalidInputException;
import org.jspecify.annotations.Nullable;

/// One quantity that every sensor of a network reports, for example `speed` in `mph`.
///
/// @param name    the field name on the bus
/// @param unit    the unit of its values, for people
/// @param missing the source's value for "no reading" (0 for PEMS), or null when only blanks mean that
/// @param min     smallest valid value, or null for no bound: a reading below it is refused
/// @param max     largest valid value, or null for no bound
/// @param column  column name in files with one column per measure (`T (degC)`), or null where it is the name
public record Measure(
        String name,
        String unit,
        @Nullable Float missing,
        @Nullable Float min,
        @Nullable Float max,
        @Nullable String column) {

    public Measure {
        if (name == null || !name.matches("[a-zA-Z][a-zA-Z0-9_-]*")) {
            throw new InvalidInputException("measures: a name has letters, digits, - and _ only, found "
                    + (name == null ? "none" : "'" + name + "'"));
        }
        unit = unit == null ? "" : unit;
        if (min != null && max != null && !(min < max)) {
            throw new InvalidInputException(
                    "measures: min must be below max, found " + min + " and " + max + " for " + name);
        }
    }

    /// A measure whose column has the measure's name.
    public Measure(String name, String unit, @Nullable Float missing, @Nullable Float min, @Nullable Float max) {
        this(name, unit, missing, min, max, null);
    }

    /// A measure without bounds.
    public Measure(String name, String unit, @Nullable Float missing) {
        this(name, unit, missing, null, null, null);
    }

    /// The value, or NaN when it is the sentinel for "no reading" or infinite.
    public float clean(float value) {
        return Float.isInfinite(value) || (missing != null && value == missing) ? Float.NaN : value;
    }

    /// Whether the value is within the bounds or missing (NaN). Pass cleaned values: the sentinel for "no
    /// reading" may lie outside the bounds.
    public boolean admits(float value) {
        return (min == null || !(value < min)) && (max == null || !(value > max));
    }

    /// The column name in files with one column per measure.
    public String columnName() {
        return column == null ? name : column;
    }

    /// Whether both measure the same quantity. The bounds only decide which readings are refused, so a model
    /// that was trained under other bounds still fits.
    public boolean isSameQuantityAs(Measure other) {
        return new Measure(name, unit, missing).equals(new Measure(other.name, other.unit, other.missing));
    }
}
