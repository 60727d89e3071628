package dev.headwater.forecasting.seasonal;

/// What is known of one sensor beyond its window.
public interface SeasonalView {

    /// The sensor's profile as it was when a day began: nothing of that day is in it.
    DayProfile profile(long day);

    /// The target at a position of [ProfileDays], NaN when missing or no longer kept.
    float value(long position);

    /// Knows nothing.
    ///
    /// @param days calendar of the network
    static SeasonalView nothing(ProfileDays days) {
        DayProfile empty = DayProfile.empty(days.bins());
        return new SeasonalView() {
            @Override
            public DayProfile profile(long day) {
                return empty;
            }

            @Override
            public float value(long position) {
                return Float.NaN;
            }
        };
    }
}
