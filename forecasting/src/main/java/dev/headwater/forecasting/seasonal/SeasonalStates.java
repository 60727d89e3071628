package dev.headwater.forecasting.seasonal;

import dev.headwater.forecasting.network.Profile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.seasonal.DayProfile.Rates;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the seasonal states of a network's sensors begin: with what was known at some time, and with nothing
/// for sensors that were not known then. Immutable.
public final class SeasonalStates {

    private final ProfileDays days;
    private final @Nullable Rates rates;
    private final long through;
    private final Map<String, SeasonalState> known;

    private SeasonalStates(SensorNetwork network, long through, Map<String, SeasonalState> known) {
        this.days = new ProfileDays(network);
        this.rates = network.features().profile() == Profile.MOVING ? Rates.MOVING : null;
        this.through = through;
        this.known = known;
    }

    /// Nothing is known of any sensor.
    public static SeasonalStates of(SensorNetwork network) {
        return new SeasonalStates(network, Long.MIN_VALUE, Map.of());
    }

    /// What is known after a slot.
    ///
    /// @param through the last slot that is known
    /// @param known   by sensor; copied
    public static SeasonalStates of(SensorNetwork network, long through, Map<String, SeasonalState> known) {
        Map<String, SeasonalState> copies = new HashMap<>();
        known.forEach((sensor, seasonalState) -> copies.put(sensor, seasonalState.copy()));
        return new SeasonalStates(network, through, copies);
    }

    /// The seasonal state of a sensor whose first reading is at a slot. What is known of later slots is left out
    /// as a whole, for nobody could have known it then; a fixed profile holds at all times.
    public SeasonalState start(String sensor, long slot) {
        SeasonalState seasonalState = known.get(sensor);
        return seasonalState == null || (slot <= through && rates != null) ? unknown() : seasonalState.copy();
    }

    /// The seasonal state of a sensor with all that is known of it.
    public SeasonalState newest(String sensor) {
        return start(sensor, Long.MAX_VALUE);
    }

    /// The seasonal state of a sensor of which nothing is known.
    public SeasonalState unknown() {
        return new SeasonalState(days, rates, DayProfile.empty(days.bins()));
    }

    /// The last slot that is known.
    public long through() {
        return through;
    }

    /// False when it cannot have come of readings up to the last slot known.
    public boolean areSound() {
        long last = through == Long.MIN_VALUE ? through : days.day(days.position(through));
        return known.values().stream().allMatch(seasonalState -> seasonalState.isSound(last));
    }

    /// The sensors of which something is known.
    public Map<String, SeasonalState> known() {
        return Map.copyOf(known);
    }
}
