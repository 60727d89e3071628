package dev.headwater.lab.engine;

import dev.headwater.lab.definition.RowSpec.Figure;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Figures as texts.
public final class Figures {

    private static final double LARGE = 100;

    private Figures() {}

    /// A figure of a row; a hyphen for none.
    public static String of(Figure kind, @Nullable Double value) {
        if (value == null) {
            return "-";
        }
        return switch (kind) {
            case ACCURACY -> String.format(Locale.ROOT, "%.1f %%", LARGE * value);
            case MAE, MSE, RMSE -> String.format(Locale.ROOT, "%.3f", value);
            case DIFFERENCE -> value == 0 ? "0" : String.format(Locale.ROOT, "%.1e", value);
            case RATE -> String.format(Locale.ROOT, "%.1e", value);
        };
    }

    /// A gain over naive: per cent of its error, or points of right answers.
    static String gain(Figure kind, @Nullable Double value) {
        if (value == null) {
            return "-";
        }
        return String.format(Locale.ROOT, kind.isHigherBetter() ? "%+.1f points" : "%+.1f %%", LARGE * value);
    }
}
