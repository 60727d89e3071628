package dev.headwater.forecasting.text;

import dev.headwater.forecasting.Printable;

/// Quotes a found value in a one-line message; the value may come from anyone.
public final class Quote {

    private static final int LONGEST = 43;

    private Quote() {}

    /// The value in quotation marks, shortened, with control characters escaped.
    public static String of(String found) {
        return "'" + Printable.shortened(found.strip(), LONGEST) + "'";
    }
}
