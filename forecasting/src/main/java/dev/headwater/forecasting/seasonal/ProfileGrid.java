package dev.headwater.forecasting.seasonal;

/// How the rows of a profile divide a day. A row of means has at most 144 entries a day, a row of spreads at
/// most 72; an entry covers whole bins, and those of a spread whole entries of the means. Where a day has fewer
/// bins, they are the entries themselves.
final class ProfileGrid {

    static final int KINDS = 2;

    /// Rows of means: the weekdays, then the kinds of day.
    static final int MEANS = ProfileDays.WEEKDAYS + KINDS;

    /// All rows: the means, then the spread of each kind of day.
    static final int ROWS = MEANS + KINDS;

    private static final int MOST_MEANS = 144;
    private static final int MOST_SPREADS = 72;

    private final int bins;
    private final int width; // bins per entry of a mean
    private final int means; // entries
    private final int widening; // entries of a mean per entry of a spread
    private final int spreads; // entries

    ProfileGrid(int bins) {
        this.bins = bins;
        this.width = Math.ceilDiv(bins, MOST_MEANS);
        this.means = Math.ceilDiv(bins, width);
        this.widening = Math.ceilDiv(means, MOST_SPREADS);
        this.spreads = Math.ceilDiv(means, widening);
    }

    int bins() {
        return bins;
    }

    static boolean isSpread(int row) {
        return row >= MEANS;
    }

    /// Entries of a row.
    int entries(int row) {
        return isSpread(row) ? spreads : means;
    }

    /// Bins per entry of a row; the last entry may have fewer.
    int width(int row) {
        return isSpread(row) ? width * widening : width;
    }

    /// The first of the entries of a mean that an entry of a spread covers.
    int firstMean(int spread) {
        return spread * widening;
    }

    /// One past the last of them.
    int endMean(int spread) {
        return Math.min(means, (spread + 1) * widening);
    }
}
