package dev.headwater.forecasting.window;

import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.WindowSpec;
import dev.headwater.forecasting.reading.Series;
import org.jspecify.annotations.Nullable;

/// A batch of windows to forecast together, with raw values: nothing is imputed or scaled. Reused from batch
/// to batch. Not thread-safe.
public final class WindowBatch {

    private final WindowSpec spec;
    private final int lookback;
    private final int measures;
    private final int target;
    private final float[] raw; // [window][lookback][measure], NaN = missing
    private final long[] issuedAt; // [window], the newest slot of each
    private final String[] sensors; // [window]
    private final History history;
    private final @Nullable SeasonalInputs seasonal; // null when no seasonal state is read
    private int count;

    /// @param history the history beyond the windows, {@link History#NONE} when there is none
    public WindowBatch(SensorNetwork network, int capacity, History history) {
        this(network, capacity, history, network.features().readsSeasonalState());
    }

    /// For forecasters that read no seasonal state.
    public static WindowBatch withoutSeasonalState(SensorNetwork network, int capacity, History history) {
        return new WindowBatch(network, capacity, history, false);
    }

    private WindowBatch(SensorNetwork network, int capacity, History history, boolean seasonal) {
        this.spec = network.window();
        this.lookback = spec.lookback();
        this.measures = network.measures().size();
        this.target = network.targetIndex();
        this.raw = new float[capacity * lookback * measures];
        this.issuedAt = new long[capacity];
        this.sensors = new String[capacity];
        this.history = history;
        this.seasonal = seasonal ? new SeasonalInputs(network, capacity) : null;
    }

    /// Adds the window of a streamed sensor that ends at `end`.
    public void add(String sensor, SensorWindow window, long end) {
        window.copy(end, lookback, spec.stride(), raw, count * lookback * measures);
        note(sensor, end);
    }

    /// Adds the window of a series that begins at `firstRow`.
    public void add(Series series, int sensor, int firstRow) {
        series.sample(sensor, firstRow, lookback, spec.stride(), raw, count * lookback * measures);
        note(series.sensors().get(sensor), series.firstSlot() + firstRow + spec.span() - 1);
    }

    /// Adds a window with given values.
    ///
    /// @param end    the window's newest slot
    /// @param values `[lookback][measure]`, NaN = missing; copied
    public void add(String sensor, long end, float[] values) {
        System.arraycopy(values, 0, raw, count * lookback * measures, lookback * measures);
        note(sensor, end);
    }

    private void note(String sensor, long end) {
        sensors[count] = sensor;
        issuedAt[count] = end;
        if (seasonal != null) {
            seasonal.note(count, history.seasonalState(sensor), history.before(), end);
        }
        count++;
    }

    /// Removes the window added last.
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

    /// Samples per window.
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

    /// The target at a sample, NaN when missing: `step` 0 is the oldest one.
    public float target(int window, int step) {
        return value(window, step, target);
    }

    /// A raw value: `step` 0 is the oldest sample.
    public float value(int window, int step, int measure) {
        return raw[(window * lookback + step) * measures + measure];
    }

    /// Whether the seasonal states of the sensors are read.
    public boolean hasSeasonal() {
        return seasonal != null;
    }

    /// What the windows need of their sensors' seasonal states.
    ///
    /// @throws IllegalStateException when none are read
    public SeasonalInputs seasonal() {
        if (seasonal == null) {
            throw new IllegalStateException("no seasonal states are read");
        }
        return seasonal;
    }

    /// Whether a window's sensor has too few days of its own, so that its profile is borrowed in part.
    public boolean borrows(int window) {
        return seasonal != null && seasonal.borrows(window);
    }

    /// Samples of a window in which the target was observed.
    public int observed(int window) {
        int observed = 0;
        for (int step = 0; step < lookback; step++) {
            if (!Float.isNaN(target(window, step))) {
                observed++;
            }
        }
        return observed;
    }

    /// The last observed value of the target in a window, NaN when there is none.
    public float lastObserved(int window) {
        for (int step = lookback - 1; step >= 0; step--) {
            float value = target(window, step);
            if (!Float.isNaN(value)) {
                return value;
            }
        }
        return Float.NaN;
    }
}
