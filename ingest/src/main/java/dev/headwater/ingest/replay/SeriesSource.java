package dev.headwater.ingest.replay;

import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import java.util.Arrays;

/// Plays a series. By default a sensor reports from its first observed row to its last: missing values between
/// are sent as such, so that the stream knows the slot was reported, but nothing is sent before its first or
/// after its last observed row.
public final class SeriesSource implements SlotSource {

    private final Series series;
    private final int[] firstRow; // [sensor]
    private final int[] lastRow; // [sensor]; before firstRow when the sensor reports nothing
    private final float[] values; // [measure]

    public SeriesSource(Series series) {
        this(series, new int[series.sensors().size()], new int[series.sensors().size()]);
        for (int s = 0; s < firstRow.length; s++) {
            lastRow[s] = series.slots() - 1;
            while (lastRow[s] >= 0 && !series.observed(s, lastRow[s])) {
                lastRow[s]--;
            }
            while (firstRow[s] < lastRow[s] && !series.observed(s, firstRow[s])) {
                firstRow[s]++;
            }
        }
    }

    private SeriesSource(Series series, int[] firstRow, int[] lastRow) {
        this.series = series;
        this.firstRow = firstRow;
        this.lastRow = lastRow;
        this.values = new float[series.network().measures().size()];
    }

    /// A source in which every sensor reports every slot, if need be without a value. The windows of an offline
    /// evaluation assume this, and so the stream issues a forecast for each of them.
    public static SeriesSource everySlot(Series series) {
        int[] last = new int[series.sensors().size()];
        Arrays.fill(last, series.slots() - 1);
        return new SeriesSource(series, new int[last.length], last);
    }

    @Override
    public SensorNetwork network() {
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
