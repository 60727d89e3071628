package dev.headwater.forecasting.seasonal;

/// How one row of a profile divides a day into entries of whole bins; a value between the centres of two entries
/// is interpolated. Immutable.
final class ProfileAxis {

    private final int bins;
    private final int width; // bins per entry
    private final short[] own; // [bin], its entry
    private final short[] other; // [bin], the nearest other entry; the own one in the middle and at the ends
    private final float[] share; // [bin], of the other entry

    /// @param width bins per entry; the last one may have fewer
    ProfileAxis(int bins, int width) {
        this.bins = bins;
        this.width = width;
        this.own = new short[bins];
        this.other = new short[bins];
        this.share = new float[bins];
        for (int bin = 0; bin < bins; bin++) {
            int entry = bin / width;
            int twice = 2 * (bin - entry * width) - (width - 1); // the distance from the centre, in half bins
            int next = entry + Integer.signum(twice);
            boolean alone = next < 0 || next >= entries();
            own[bin] = (short) entry;
            other[bin] = (short) (alone ? entry : next);
            share[bin] = Math.abs(twice) / (2f * width);
        }
    }

    int entries() {
        return Math.ceilDiv(bins, width);
    }

    int width() {
        return width;
    }

    /// The entry of a bin.
    int own(int bin) {
        return own[bin];
    }

    /// The entry on the other side of a bin; its own where there is none.
    int other(int bin) {
        return other[bin];
    }

    /// The value at a bin.
    ///
    /// @param ofOwn   at its entry, NaN = unknown
    /// @param ofOther at the other entry, NaN = unknown
    float between(int bin, float ofOwn, float ofOther) {
        return Float.isNaN(ofOther) ? ofOwn : ofOwn + share[bin] * (ofOther - ofOwn);
    }
}
