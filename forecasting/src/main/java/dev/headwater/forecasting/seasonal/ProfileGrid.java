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
    private final ProfileAxis means;
    private final ProfileAxis spreads;
    private final int widening; // entries of a mean per entry of a spread

    ProfileGrid(int bins) {
        int width = Math.ceilDiv(bins, MOST_MEANS);
        this.bins = bins;
        this.means = new ProfileAxis(bins, width);
        this.widening = Math.ceilDiv(means.entries(), MOST_SPREADS);
        this.spreads = new ProfileAxis(bins, width * widening);
    }

    int bins() {
        return bins;
    }

    ProfileAxis means() {
        return means;
    }

    ProfileAxis spreads() {
        return spreads;
    }

    /// Entries of a row.
    int entries(int row) {
        return axis(row).entries();
    }

    ProfileAxis axis(int row) {
        return row < MEANS ? means : spreads;
    }

    /// The first of the entries of a mean that an entry of a spread covers.
    int firstMean(int spread) {
        return spread * widening;
    }

    /// One past the last of them.
    int endMean(int spread) {
        return Math.min(means.entries(), (spread + 1) * widening);
    }
}
