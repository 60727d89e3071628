package dev.headwater.forecasting.seasonal;

import dev.headwater.forecasting.seasonal.SeasonalStates.Known;
import org.jspecify.annotations.Nullable;

/// What the profiles of some sensors have in common, lent to sensors that have too few days of their own. It is
/// computed when it is first needed. Thread-safe.
final class NetworkShape {

    private final SeasonalState view;
    private final ProfileDays days;
    private final long through;
    private final Known lenders;
    private @Nullable DayProfile profile;

    /// @param view    of the states, for this shape alone
    /// @param through last slot that the states know
    NetworkShape(ProfileDays days, SeasonalState view, long through, Known lenders) {
        this.days = days;
        this.view = view;
        this.through = through;
        this.lenders = lenders;
    }

    /// Null without lenders, and at slots that their states include: it would contain the future.
    @Nullable
    DayProfile at(long slot) {
        return slot <= through || lenders.sensors().isEmpty() ? null : profile();
    }

    private synchronized DayProfile profile() {
        DayProfile found = profile;
        if (found == null) {
            found = new CommonProfile(days, view, lenders).profile();
            profile = found;
        }
        return found;
    }
}
