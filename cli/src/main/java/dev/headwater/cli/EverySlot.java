package dev.headwater.cli;

import dev.headwater.forecasting.network.Network;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.ingest.replay.SlotSource;

/// A series in which every sensor reports every slot, be it that it has no value: what the windows of an offline
/// evaluation assume, so that the stream issues a forecast for each of them.
record EverySlot(Series series) implements SlotSource {

    @Override
    public Network network() {
        return series.network();
    }

    @Override
    public long firstSlot() {
        return series.firstSlot();
    }

    @Override
    public long endSlot() {
        return series.firstSlot() + series.slots();
    }

    @Override
    public void emit(long slot, Sink sink) {
        int row = (int) (slot - series.firstSlot());
        float[] values = new float[network().measures().size()];
        for (int s = 0; s < series.sensors().size(); s++) {
            series.copy(s, row, 1, values, 0);
            sink.accept(series.sensors().get(s), values);
        }
    }
}
