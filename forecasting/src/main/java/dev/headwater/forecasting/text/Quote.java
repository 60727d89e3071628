package dev.headwater.forecasting.text;

import dev.headwater.forecasting.Printable;

/// What was found, fit for a message of one line: anyone may have written it.
public final class Quote {

    private static final int LONGEST = 43;

    private Quote() {}

    /// In quotation marks, shortened, without control characters.
    public static String of(String found) {
        return "'" + Printable.shortened(found.strip(), LONGEST) + "'";
    }
}
