package dev.headwater.forecasting;

import java.util.HexFormat;

/// Escapes text from outside before it is shown. Invisible characters (control characters, marks that change
/// the direction of writing, line ends) may move the cursor, hide text or forge a log line.
public final class Printable {

    private static final String MORE = "...";

    private Printable() {}

    /// Whether the text has no invisible characters; spaces are allowed.
    public static boolean isPrintable(String text) {
        return text.codePoints().noneMatch(Printable::isInvisible);
    }

    /// Whether the text has 1 to `most` characters, all of them visible ASCII.
    public static boolean isName(String text, int most) {
        return !text.isEmpty() && text.length() <= most && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    /// The text on one line, with each invisible character written as backslash, u and four or more hexadecimal
    /// digits.
    public static String line(String text) {
        if (isPrintable(text)) {
            return text;
        }
        StringBuilder line = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (isInvisible(c)) {
                line.append("\\u").append(HexFormat.of().toHexDigits(c, c > 0xffff ? 6 : 4));
            } else {
                line.appendCodePoint(c);
            }
        });
        return line.toString();
    }

    /// As [#line], and no longer than `most` characters.
    public static String shortened(String text, int most) {
        String line = line(text);
        return line.length() <= most ? line : line.substring(0, Math.max(0, most - MORE.length())) + MORE;
    }

    private static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
