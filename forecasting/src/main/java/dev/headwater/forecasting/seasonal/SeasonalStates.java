package dev.headwater.forecasting.seasonal;

import dev.headwater.forecasting.network.Profile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.seasonal.DayProfile.Rates;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Initial seasonal states of a network's sensors: those known at some slot, and empty ones for all other
/// sensors. Immutable.
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

    /// Without any known sensor.
    public static SeasonalStates of(SensorNetwork network) {
        return new SeasonalStates(network, Long.MIN_VALUE, Map.of());
    }

    /// The states known after a slot.
    ///
    /// @param through the last known slot
    /// @param known   states by sensor; copied
    public static SeasonalStates of(SensorNetwork network, long through, Map<String, SeasonalState> known) {
        Map<String, SeasonalState> copies = new HashMap<>();
        known.forEach((sensor, seasonalState) -> copies.put(sensor, seasonalState.copy()));
        return new SeasonalStates(network, through, copies);
    }

    /// The initial state of a sensor whose first reading is at `slot`. A known state that includes this or
    /// later slots is not used, because it would contain the future; a fixed profile is always used.
    public SeasonalState start(String sensor, long slot) {
        SeasonalState seasonalState = known.get(sensor);
        return seasonalState == null || (slot <= through && rates != null) ? unknown() : seasonalState.copy();
    }

    /// The latest known state of a sensor.
    public SeasonalState newest(String sensor) {
        return start(sensor, Long.MAX_VALUE);
    }

    /// The state of an unknown sensor.
    public SeasonalState unknown() {
        return new SeasonalState(days, rates, DayProfile.empty(days.bins()));
    }

    /// The last known slot; `Long.MIN_VALUE` for none.
    public long through() {
        return through;
    }

    /// False when a state cannot result from readings up to the last known slot.
    public boolean areSound() {
        long last = through == Long.MIN_VALUE ? through : days.day(days.position(through));
        return known.values().stream().allMatch(seasonalState -> seasonalState.isSound(last));
    }

    /// The known states by sensor.
    public Map<String, SeasonalState> known() {
        return Map.copyOf(known);
    }
}
