package dev.headwater.forecasting.accuracy;

import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.WindowSpec;
import dev.headwater.forecasting.seasonal.ProfileDays;
import dev.headwater.forecasting.seasonal.SeasonalView;
import org.jspecify.annotations.Nullable;

/// The baseline "yesterday" from seasonal states: the value at the same local time on the day before the
/// forecast slot, or as many days before as put it before the forecast was issued. Not thread-safe.
public final class YesterdayValues {

    private final ProfileDays days;
    private final int[] ago; // [step], days
    private @Nullable SeasonalView state;
    private long target = Long.MIN_VALUE;
    private long day;
    private int bin;
    private int cachedAgo;
    private float cached;

    public YesterdayValues(SensorNetwork network) {
        WindowSpec window = network.window();
        int slotsPerDay = network.clock().slotsPerDay();
        this.days = new ProfileDays(network);
        this.ago = new int[window.horizon()];
        for (int step = 0; step < ago.length; step++) {
            ago[step] = Math.ceilDiv(window.lead(step + 1), slotsPerDay);
        }
    }

    /// Looks at the seasonal state of a sensor.
    ///
    /// @param of null for none: then nothing is known
    public void look(@Nullable SeasonalView of) {
        state = of;
        target = Long.MIN_VALUE;
    }

    /// The value for a step, in the unit of the target; NaN when it is not known.
    ///
    /// @param slot the forecast slot
    /// @param step 0 = the first
    public float at(long slot, int step) {
        SeasonalView view = state;
        if (view == null) {
            return Float.NaN;
        }
        if (slot != target) {
            long position = days.position(slot);
            target = slot;
            day = days.day(position);
            bin = days.bin(position);
            cachedAgo = 0;
        }
        if (ago[step] != cachedAgo) {
            cachedAgo = ago[step];
            cached = view.value(day - cachedAgo, bin);
        }
        return cached;
    }
}
