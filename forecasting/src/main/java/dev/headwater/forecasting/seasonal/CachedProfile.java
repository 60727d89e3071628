package dev.headwater.forecasting.seasonal;

/// A profile that looks up each entry of another one once, since neighbouring bins share entries. A view that is moved
/// from one profile to the next. Not thread-safe.
public final class CachedProfile extends DayProfile {

    private final short[][] halves; // [row][entry], of the present round
    private final int[][] rounds; // [row][entry], in which the half was looked up
    private int round;
    private DayProfile profile;

    public CachedProfile(ProfileDays days) {
        super(days.form().grid());
        this.profile = DayProfile.empty(days);
        this.halves = new short[ProfileGrid.ROWS][];
        this.rounds = new int[ProfileGrid.ROWS][];
        for (int row = 0; row < halves.length; row++) {
            halves[row] = new short[grid().entries(row)];
            rounds[row] = new int[halves[row].length];
        }
    }

    /// Moves the view to a profile, which must not change while the view is there.
    public CachedProfile on(DayProfile other) {
        profile = other;
        round++;
        return this;
    }

    @Override
    short half(int row, int entry) {
        if (rounds[row][entry] != round) {
            rounds[row][entry] = round;
            halves[row][entry] = profile.half(row, entry);
        }
        return halves[row][entry];
    }

    @Override
    int seen(int row) {
        return profile.seen(row);
    }
}
