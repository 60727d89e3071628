package dev.headwater.dashboard.board;

import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.WindowSpec;
import java.time.Duration;

/// How much is remembered of each sensor.
///
/// @param slots    remembered: a day, but at most 720 and at least four horizons
/// @param measures of a reading
/// @param target   index of the measure that is forecast
/// @param horizon  steps of a forecast
record Memory(int slots, int measures, int target, int horizon) {

    private static final int MAX_SLOTS = 720; // with 12 steps 20 kB per sensor
    private static final int HORIZONS = 4;
    private static final int FOR_THE_NEWEST = 1_000; // bytes: the newest forecast whole, the id, and objects

    /// Of one sensor.
    int bytes() {
        return slots * (measures * Float.BYTES + horizon * Short.BYTES) + FOR_THE_NEWEST;
    }

    static Memory of(SensorNetwork network) {
        WindowSpec window = network.window();
        long day = Duration.ofDays(1).dividedBy(network.interval());
        int leads = HORIZONS * window.lead(window.horizon());
        return new Memory(
                (int) Math.max(Math.min(day, MAX_SLOTS), leads),
                network.measures().size(),
                network.targetIndex(),
                window.horizon());
    }
}
