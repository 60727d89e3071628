package dev.headwater.forecasting.seasonal;

import dev.headwater.forecasting.network.Profile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.seasonal.DayProfile.Rates;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Initial seasonal states of a network's sensors, as the bytes of [SeasonalState]: those known at some slot, and
/// empty ones for all other sensors. Thread-safe.
public final class SeasonalStates {

    /// States by sensor. Thread-safe.
    public interface Known {

        /// No sensor is known.
        Known NOTHING = of(Map.of());

        /// The state of a sensor, not to be changed; null when it is unknown.
        byte @Nullable [] state(String sensor);

        Set<String> sensors();

        /// @param states copied, but not the bytes
        static Known of(Map<String, byte[]> states) {
            Map<String, byte[]> copy = Map.copyOf(states);
            return new Known() {
                @Override
                public byte @Nullable [] state(String sensor) {
                    return copy.get(sensor);
                }

                @Override
                public Set<String> sensors() {
                    return copy.keySet();
                }
            };
        }
    }

    private final ProfileDays days;
    private final @Nullable Rates rates;
    private final long through;
    private final Known known;
    private volatile @Nullable DayProfile shape; // computed on first use

    private SeasonalStates(SensorNetwork network, long through, Known known) {
        this.days = new ProfileDays(network);
        this.rates = network.features().profile() == Profile.MOVING ? Rates.MOVING : null;
        this.through = through;
        this.known = known;
    }

    /// Without any known sensor.
    public static SeasonalStates of(SensorNetwork network) {
        return new SeasonalStates(network, Long.MIN_VALUE, Known.NOTHING);
    }

    /// The states known after a slot.
    ///
    /// @param through the last known slot
    public static SeasonalStates of(SensorNetwork network, long through, Known known) {
        return new SeasonalStates(network, through, known);
    }

    /// The calendar of the network.
    public ProfileDays days() {
        return days;
    }

    /// A new view for states of the network.
    public SeasonalState view() {
        return new SeasonalState(days, rates);
    }

    /// The initial state of a sensor whose first reading is at `slot`, a copy. A known state that includes this or
    /// later slots is not used, because it would contain the future; a fixed profile is always used.
    public byte[] start(String sensor, long slot) {
        byte[] state = slot <= through && rates != null ? null : known.state(sensor);
        return state == null ? unknown() : state.clone();
    }

    /// The latest known state of a sensor, a copy.
    public byte[] newest(String sensor) {
        return start(sensor, Long.MAX_VALUE);
    }

    /// The state of an unknown sensor.
    public byte[] unknown() {
        return SeasonalState.unknown(days);
    }

    /// What the profiles of the known sensors have in common, for sensors without a profile of their own. Null
    /// without any known sensor, and at slots that the known states include: it would contain the future.
    public @Nullable DayProfile shape(long slot) {
        if (slot <= through || known.sensors().isEmpty()) {
            return null;
        }
        DayProfile found = shape;
        if (found == null) {
            found = new NetworkShape(days, view(), known).profile();
            shape = found;
        }
        return found;
    }

    /// The last known slot; `Long.MIN_VALUE` for none.
    public long through() {
        return through;
    }

    /// The known states.
    public Known known() {
        return known;
    }

    /// False when a state cannot result from readings up to the last known slot.
    public boolean areSound() {
        long last = through == Long.MIN_VALUE ? through : days.day(days.position(through));
        SeasonalState view = view();
        return known.sensors().stream().allMatch(sensor -> isSound(view, sensor, last));
    }

    private boolean isSound(SeasonalState view, String sensor, long last) {
        byte[] state = known.state(sensor);
        return state != null && view.on(state).isSound(last);
    }
}
