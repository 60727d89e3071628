package dev.headwater.forecasting.profile;

import dev.headwater.forecasting.network.Network;
import dev.headwater.forecasting.network.Profile;
import dev.headwater.forecasting.profile.DayProfile.Rates;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the pasts of a network's sensors begin: with what was known at some time, and with nothing for sensors that
/// were not known then. Immutable.
public final class Pasts {

    private final ProfileDays days;
    private final @Nullable Rates rates;
    private final long through;
    private final Map<String, SensorPast> known;

    private Pasts(Network network, long through, Map<String, SensorPast> known) {
        this.days = new ProfileDays(network);
        this.rates = network.features().profile() == Profile.MOVING ? Rates.MOVING : null;
        this.through = through;
        this.known = known;
    }

    /// Nothing is known of any sensor.
    public static Pasts of(Network network) {
        return new Pasts(network, Long.MIN_VALUE, Map.of());
    }

    /// What is known after a slot.
    ///
    /// @param through the last slot that is known
    /// @param known   by sensor; copied
    public static Pasts of(Network network, long through, Map<String, SensorPast> known) {
        Map<String, SensorPast> copies = new HashMap<>();
        known.forEach((sensor, past) -> copies.put(sensor, past.copy()));
        return new Pasts(network, through, copies);
    }

    /// The past of a sensor whose first reading is at a slot. What is known of later slots is left out as a whole, for
    /// nobody could have known it then; a fixed profile holds at all times.
    public SensorPast start(String sensor, long slot) {
        SensorPast past = known.get(sensor);
        return past == null || (slot <= through && rates != null) ? unknown() : past.copy();
    }

    /// The past of a sensor with all that is known of it.
    public SensorPast newest(String sensor) {
        return start(sensor, Long.MAX_VALUE);
    }

    /// The past of a sensor of which nothing is known.
    public SensorPast unknown() {
        return new SensorPast(days, rates, DayProfile.empty(days.bins()));
    }

    /// The last slot that is known.
    public long through() {
        return through;
    }

    /// False when it cannot have come of readings up to the last slot known.
    public boolean areSound() {
        long last = through == Long.MIN_VALUE ? through : days.day(days.position(through));
        return known.values().stream().allMatch(past -> past.isSound(last));
    }

    /// The sensors of which something is known.
    public Map<String, SensorPast> known() {
        return Map.copyOf(known);
    }
}
