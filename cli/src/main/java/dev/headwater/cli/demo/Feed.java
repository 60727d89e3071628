package dev.headwater.cli.demo;

import dev.headwater.backtest.LiveReadings;
import dev.headwater.bus.ValueFormat;
import dev.headwater.forecasting.evaluation.ChronologicalSplit;
import dev.headwater.forecasting.network.Sensor;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.ingest.replay.CitySource;
import dev.headwater.ingest.replay.ReplayOptions;
import dev.headwater.ingest.replay.SeriesSource;
import dev.headwater.ingest.replay.SlotSource;
import dev.headwater.ingest.replay.Speed;
import dev.headwater.ingest.simulator.CitySimulator;
import dev.headwater.ingest.simulator.SimulatedSensor;
import java.time.LocalDateTime;
import java.util.List;

/// History to train on, and the readings that flow afterwards: of a simulated city, or of a file.
///
/// @param history   to train on
/// @param source    readings that flow
/// @param firstLive first slot to show
/// @param places    of the sensors, as far as they are known
record Feed(Series history, SlotSource source, long firstLive, List<Sensor> places) {

    /// A Tuesday morning just before the rush hour: the hours in which forecasting is worth watching.
    private static final LocalDateTime LIVE_FROM = LocalDateTime.of(2026, 3, 17, 6, 0);

    private static final int HISTORY_DAYS = 14;

    /// A simulated city.
    static Feed simulated(SensorNetwork network, int sensors, long seed) {
        CitySimulator city = new CitySimulator(network, sensors, seed);
        int slots = HISTORY_DAYS * network.clock().slotsPerDay();
        long live = network.clock()
                .slotOf(LIVE_FROM.atZone(network.zone()).toInstant().toEpochMilli());
        int primed = LiveReadings.primed(network);
        Series history = city.history(live - primed - slots, slots);
        List<Sensor> places =
                city.sensors().stream().map(SimulatedSensor::sensor).toList();
        return new Feed(history, new CitySource(city, live - slots), live, places);
    }

    /// Recorded readings: the first part to train on, the test part flows.
    static Feed recorded(Series series) {
        ChronologicalSplit.Range test = ChronologicalSplit.of(series).range(ChronologicalSplit.Part.TEST);
        int primed = Math.min(LiveReadings.primed(series.network()), (series.slots() - test.first()) / 2);
        return new Feed(
                series.head(test.first()),
                new SeriesSource(series),
                series.firstSlot() + test.first() + primed,
                List.of());
    }

    /// The live slots, to be played.
    ReplayOptions live(Speed speed) {
        return new ReplayOptions(speed, firstLive, Long.MAX_VALUE, ValueFormat.JSON, ReplayOptions.Progress.NEVER);
    }

    SensorNetwork network() {
        return history.network();
    }
}
