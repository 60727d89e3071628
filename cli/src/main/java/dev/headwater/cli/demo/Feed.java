package dev.headwater.cli.demo;

import dev.headwater.forecasting.evaluation.ChronologicalSplit;
import dev.headwater.forecasting.network.Network;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.ingest.simulator.CitySimulator;
import dev.headwater.ingest.simulator.SimulatedSensor;
import java.time.LocalDateTime;
import java.util.List;

/// History to train on, and what flows afterwards: of a simulated city, or of a file.
///
/// @param history   to train on
/// @param sensors   ids, in the order of the values
/// @param firstLive first slot of the live stream
/// @param lastLive  last slot of it
/// @param values    gives the target of every sensor at a slot
record Feed(Series history, List<String> sensors, long firstLive, long lastLive, Values values) {

    /// Two weeks, then a Tuesday morning just before the rush hour: the hours in which forecasting is worth watching.
    private static final LocalDateTime LIVE_FROM = LocalDateTime.of(2026, 3, 17, 6, 0);

    private static final int HISTORY_DAYS = 14;
    private static final int LIVE_DAYS = 365;

    /// Targets of a slot.
    @FunctionalInterface
    interface Values {
        /// @param out `[sensor]`, NaN = missing
        void at(long slot, float[] out);
    }

    /// A made-up city.
    static Feed simulated(Network network, int sensors, long seed) {
        CitySimulator city = new CitySimulator(network, sensors, seed);
        int day = network.clock().slotsPerDay();
        long live = network.clock()
                .slotOf(LIVE_FROM.atZone(network.zone()).toInstant().toEpochMilli());
        Series history = city.history(live - (long) HISTORY_DAYS * day, HISTORY_DAYS * day);
        List<String> ids = city.sensors().stream().map(SimulatedSensor::id).toList();
        return new Feed(history, ids, live, live + (long) LIVE_DAYS * day, city::speeds);
    }

    /// Recorded readings: the first part to train on, the test part flows.
    static Feed recorded(Series series) {
        ChronologicalSplit.Range test = ChronologicalSplit.of(series).range(ChronologicalSplit.Part.TEST);
        long live = series.firstSlot() + test.first();
        Values values = (slot, out) -> {
            for (int s = 0; s < out.length; s++) {
                out[s] = series.target(s, (int) (slot - series.firstSlot()));
            }
        };
        return new Feed(
                series.head(test.first()), series.sensors(), live, series.firstSlot() + series.slots() - 1, values);
    }
}
