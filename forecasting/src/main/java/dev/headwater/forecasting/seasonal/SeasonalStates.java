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
    private final NetworkShape shape;

    private SeasonalStates(
            ProfileDays days, @Nullable Rates rates, long through, Known known, @Nullable NetworkShape lent) {
        this.days = days;
        this.rates = rates;
        this.through = through;
        this.known = known;
        this.shape = lent == null ? new NetworkShape(days, view(), through, known) : lent;
    }

    /// Without any known sensor.
    public static SeasonalStates of(SensorNetwork network) {
        return of(network, Long.MIN_VALUE, Known.NOTHING);
    }

    /// The states known after a slot. What they have in common is lent to sensors without days of their own.
    ///
    /// @param through the last known slot
    public static SeasonalStates of(SensorNetwork network, long through, Known known) {
        Rates rates = network.features().profile() == Profile.MOVING ? Rates.MOVING : null;
        return new SeasonalStates(new ProfileDays(network), rates, through, known, null);
    }

    /// The states that are known at a later slot of a stream that began with these. It still lends what these have in
    /// common.
    ///
    /// @param last the last known slot
    public SeasonalStates later(long last, Known states) {
        return new SeasonalStates(days, rates, last, states, shape);
    }

    /// The same states, which lend what they have in common themselves: for streams that begin with them.
    public SeasonalStates lending() {
        return new SeasonalStates(days, rates, through, known, null);
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

    /// What is lent at a slot to sensors with too few days of their own; null for nothing.
    public @Nullable DayProfile shape(long slot) {
        return shape.at(slot);
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
