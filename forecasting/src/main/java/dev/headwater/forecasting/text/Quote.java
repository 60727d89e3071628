package dev.headwater.forecasting.text;

/// What was found, fit for a message of one line: anyone may have written it.
public final class Quote {

    private static final int LONGEST = 40;

    private Quote() {}

    /// In quotation marks, shortened, without control characters.
    public static String of(String found) {
        String line = line(found.strip());
        return "'" + (line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line) + "'";
    }

    /// Without line breaks and control characters.
    static String line(String text) {
        return text.replaceAll("\\p{C}", "?");
    }
}
