package dev.headwater.ingest.reader;

/// Parses the cells of big files: short plain decimals without `Double.parseDouble`.
final class Decimal {

    private static final int MAX_DIGITS = 15; // below 2^53: the digits are exact in a double
    private static final double[] POWERS = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };

    private Decimal() {}

    /// The number as the nearest double rounded to float, as readers of binary doubles get it too; NaN for an
    /// empty cell and for `nan`.
    ///
    /// @throws NumberFormatException when the text is not a number or not finite; the message states the rule
    ///                               and the text
    static float parse(String text) {
        int length = text.length();
        int at = length > 0 && text.charAt(0) == '-' ? 1 : 0;
        long digits = 0;
        int count = 0;
        int decimals = -1; // -1 = no point seen
        for (int i = at; i < length; i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits = digits * 10 + (c - '0');
                count++;
                decimals += decimals >= 0 ? 1 : 0;
            } else if (c == '.' && decimals < 0) {
                decimals = 0;
            } else {
                return slow(text);
            }
        }
        if (count == 0 || count > MAX_DIGITS) {
            return slow(text);
        }
        // Exact digits over an exact power of ten: one division, rounded once, gives the nearest double (Clinger 1990).
        double magnitude = decimals > 0 ? digits / POWERS[decimals] : digits;
        return (float) (at == 1 ? -magnitude : magnitude);
    }

    private static float slow(String text) {
        String cell = text.strip();
        if (cell.isEmpty() || cell.equalsIgnoreCase("nan")) {
            return Float.NaN;
        }
        if (!cell.chars().allMatch(c -> (c >= '0' && c <= '9') || "+-.eE".indexOf(c) >= 0)) {
            throw noNumber(cell); // Java would take 1f, 0x1p3 and Infinity
        }
        float value;
        try {
            value = (float) Double.parseDouble(cell);
        } catch (NumberFormatException e) {
            throw noNumber(cell);
        }
        if (!Float.isFinite(value)) {
            throw new NumberFormatException("must fit a float32, found " + Faults.quote(cell));
        }
        return value;
    }

    /// The wording for refused readings on the bus, except that an empty cell replaces null.
    private static NumberFormatException noNumber(String cell) {
        return new NumberFormatException("must be a number or empty, found " + Faults.quote(cell));
    }
}
