package dev.headwater.cli;

/// Text that anyone may have written, fit for a terminal.
final class Printable {

    private static final String MORE = "...";

    private Printable() {}

    /// Without control characters, and no longer than `most`.
    static String of(String text, int most) {
        String clean = text.replaceAll("\\p{C}", "?");
        return clean.length() <= most ? clean : clean.substring(0, Math.max(0, most - MORE.length())) + MORE;
    }
}
