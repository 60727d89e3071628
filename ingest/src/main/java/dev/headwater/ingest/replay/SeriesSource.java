package dev.headwater.ingest.replay;

import dev.headwater.forecasting.network.Network;
import dev.headwater.forecasting.reading.Series;

/// Plays a series. A sensor reports from its first observed row to its last: missing values between are sent as such,
/// so
/// that the stream knows the slot was reported, but no reading is invented before it began or after it ended.
public final class SeriesSource implements SlotSource {

    private final Series series;
    private final int[] firstRow; // [sensor]
    private final int[] lastRow; // [sensor]; before firstRow when the sensor reports nothing
    private final float[] values; // [measure]

    public SeriesSource(Series series) {
        this.series = series;
        int sensors = series.sensors().size();
        this.firstRow = new int[sensors];
        this.lastRow = new int[sensors];
        this.values = new float[series.network().measures().size()];
        for (int s = 0; s < sensors; s++) {
            lastRow[s] = series.slots() - 1;
            while (lastRow[s] >= 0 && !series.observed(s, lastRow[s])) {
                lastRow[s]--;
            }
            while (firstRow[s] < lastRow[s] && !series.observed(s, firstRow[s])) {
                firstRow[s]++;
            }
        }
    }

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
        int row = Math.toIntExact(slot - series.firstSlot());
        for (int s = 0; s < firstRow.length; s++) {
            if (row >= firstRow[s] && row <= lastRow[s]) {
                series.copy(s, row, 1, values, 0);
                sink.accept(series.sensors().get(s), values);
            }
        }
    }
}
