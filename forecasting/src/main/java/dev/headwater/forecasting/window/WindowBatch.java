package dev.headwater.forecasting.window;

import dev.headwater.forecasting.network.Network;
import dev.headwater.forecasting.network.WindowSpec;
import dev.headwater.forecasting.reading.Series;

/// Windows to forecast together: raw values as they were reported, nothing imputed or scaled. Reused from batch to
/// batch. Not thread-safe.
public final class WindowBatch {

    private final WindowSpec spec;
    private final int lookback;
    private final int measures;
    private final int target;
    private final float[] raw; // [window][lookback][measure], NaN = missing
    private final long[] issuedAt; // [window], the newest slot of each
    private final String[] sensors; // [window]
    private final History history;
    private int count;

    /// @param history the past beyond the windows, {@link History#NONE} when there is none
    public WindowBatch(Network network, int capacity, History history) {
        this.spec = network.window();
        this.lookback = spec.lookback();
        this.measures = network.measures().size();
        this.target = network.targetIndex();
        this.raw = new float[capacity * lookback * measures];
        this.issuedAt = new long[capacity];
        this.sensors = new String[capacity];
        this.history = history;
    }

    /// Adds the window of a streamed sensor that ends at `end`.
    public void add(String sensor, SensorWindow window, long end) {
        window.copy(end, lookback, spec.every(), raw, count * lookback * measures);
        note(sensor, end);
    }

    /// Adds the window of a series that begins at `firstRow`.
    public void add(Series series, int sensor, int firstRow) {
        series.sample(sensor, firstRow, lookback, spec.every(), raw, count * lookback * measures);
        note(series.sensors().get(sensor), series.firstSlot() + firstRow + spec.reach() - 1);
    }

    private void note(String sensor, long end) {
        sensors[count] = sensor;
        issuedAt[count] = end;
        count++;
    }

    /// Takes the window added last out again.
    public void removeLast() {
        count--;
    }

    public void clear() {
        count = 0;
    }

    public int count() {
        return count;
    }

    public boolean isFull() {
        return count == issuedAt.length;
    }

    public int capacity() {
        return issuedAt.length;
    }

    /// Samples of each window.
    public int lookback() {
        return lookback;
    }

    public String sensor(int window) {
        return sensors[window];
    }

    /// The newest slot of a window.
    public long issuedAt(int window) {
        return issuedAt[window];
    }

    public History history() {
        return history;
    }

    /// A raw value: `step` 0 is the oldest sample.
    public float value(int window, int step, int measure) {
        return raw[(window * lookback + step) * measures + measure];
    }

    /// Samples of a window in which the target was observed.
    public int observed(int window) {
        int observed = 0;
        for (int step = 0; step < lookback; step++) {
            if (!Float.isNaN(value(window, step, target))) {
                observed++;
            }
        }
        return observed;
    }

    /// The last observed value of the target in a window, NaN when there is none.
    public float lastObserved(int window) {
        for (int step = lookback - 1; step >= 0; step--) {
            float value = value(window, step, target);
            if (!Float.isNaN(value)) {
                return value;
            }
        }
        return Float.NaN;
    }
}
