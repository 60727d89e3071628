package dev.headwater.cli.demo;

import dev.headwater.backtest.LiveScore;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.ingest.replay.SlotSource;

/// Tells the score what is sent, on its way to the topic.
record ScoredSource(SlotSource source, LiveScore score) implements SlotSource {

    @Override
    public SensorNetwork network() {
        return source.network();
    }

    @Override
    public long firstSlot() {
        return source.firstSlot();
    }

    @Override
    public long endSlot() {
        return source.endSlot();
    }

    @Override
    public void emit(long slot, Sink sink) {
        int target = network().targetIndex();
        source.emit(slot, (sensor, values) -> {
            score.sent(sensor, slot, values[target]);
            sink.accept(sensor, values);
        });
    }
}
