package dev.headwater.forecasting.seasonal;

/// Data of one sensor beyond its window.
public interface SeasonalView {

    /// The sensor's profile at the start of a day: it contains nothing of that day. It may change with the next
    /// reading.
    DayProfile profile(long day);

    /// The target at a bin of a day, as in [ProfileDays]; NaN when missing or no longer kept.
    float value(long day, int bin);

    /// The view of an unknown sensor.
    ///
    /// @param days calendar of the network
    static SeasonalView nothing(ProfileDays days) {
        DayProfile empty = DayProfile.empty(days);
        return new SeasonalView() {
            @Override
            public DayProfile profile(long day) {
                return empty;
            }

            @Override
            public float value(long day, int bin) {
                return Float.NaN;
            }
        };
    }
}
