package dev.headwater.lab.data;

import dev.headwater.forecasting.evaluation.ChronologicalSplit;
import dev.headwater.forecasting.evaluation.ChronologicalSplit.Part;
import dev.headwater.forecasting.evaluation.ChronologicalSplit.Range;
import dev.headwater.forecasting.feature.Scaler;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.SlotClock;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.ingest.reader.DatasetReader;
import dev.headwater.lab.definition.DataSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// All sensors of PEMS-BAY at once (document 000). An input has `lookback + 1` rows of a value per sensor: the
/// time of
/// day of the window's first reading as a share of the day, then the readings; a target has `horizon` rows.
/// Each row
/// is a z-score with a mean and a standard deviation of its own over all sensors and training windows, as Keras's
/// `Normalization(axis=1)` has them.
///
/// The files that the document reads have no missing readings left. Here a missing reading (0, or none) repeats
/// the
/// sensor's last one, and those before its first repeat the first.
public final class TrafficData {

    private static final int ALL_SENSORS = 325;
    private static final int ALL_WINDOWS = 52_093;

    private final List<String> sensors;
    private final ChronologicalSplit split;
    private final float[] readings; // [slot][sensor], mph
    private final float[] timeOfDay; // [slot], share of the day
    private final Scaler input; // [lookback + 1]
    private final Scaler target; // [horizon]

    private TrafficData(Series series) {
        this.sensors = series.sensors();
        this.split = ChronologicalSplit.of(series);
        this.readings = readings(series);
        this.timeOfDay = timeOfDay(series);
        int lookback = series.network().window().lookback();
        this.input = inputScale(lookback);
        this.target = scale(lookback, series.network().window().horizon());
    }

    /// Reads the data of a row.
    ///
    /// @throws dev.headwater.forecasting.InvalidInputException when they are absent, damaged or too few
    public static TrafficData load(DataSpec.Traffic spec, DataFolder folder) {
        SensorNetwork network = NetworkFile.load(
                "pems-bay",
                Map.of(
                        "window.lookback", String.valueOf(spec.lookback()),
                        "window.horizon", String.valueOf(spec.horizon())));
        return of(DatasetReader.read(folder.traffic(), network).series());
    }

    /// Windows as the series' network has them.
    static TrafficData of(Series series) {
        return new TrafficData(series);
    }

    /// Ids of the sensors, in the order of the columns.
    public List<String> sensors() {
        return sensors;
    }

    /// Mean and standard deviation per row of an input, `[lookback + 1]`: of the time of day, then of the
    /// readings in
    /// mph.
    public Scaler inputScale() {
        return input;
    }

    /// Mean and standard deviation in mph per row of a target, `[horizon]`: with them [Scaler#unscale] gives
    /// forecasts in mph.
    public Scaler targetScale() {
        return target;
    }

    /// The examples; errors are in standard deviations.
    public Dataset dataset() {
        int all = sensors.size();
        return new Dataset(
                "PEMS-BAY, " + (all == ALL_SENSORS ? "" : all + " of ") + ALL_SENSORS + " sensors",
                all == ALL_SENSORS && split.windows() == ALL_WINDOWS,
                new Shape(input.mean().length, all),
                new Shape(target.mean().length, all),
                new Windows(split.range(Part.TRAIN)),
                new Windows(split.range(Part.VALIDATION)),
                new Windows(split.range(Part.TEST)),
                this::repeatLast,
                List.of(),
                1,
                "");
    }

    /// Goes on from the first window of the test part, a horizon at a time; the values are those of the first
    /// sensor, in
    /// mph. Each output becomes the latest readings of the next input.
    public Continuation continuation() {
        return new TrafficContinuation(this, split.range(Part.TEST).first());
    }

    /// The reading of the first sensor at a slot, in mph.
    float firstSensor(int slot) {
        return readings[slot * sensors.size()];
    }

    /// Number of slots.
    int slots() {
        return timeOfDay.length;
    }

    /// The time of day at a slot, as a share of the day.
    float timeOfDay(int slot) {
        return timeOfDay[slot];
    }

    private static float[] readings(Series series) {
        int all = series.sensors().size();
        float[] readings = new float[series.slots() * all]; // [slot][sensor]
        for (int s = 0; s < all; s++) {
            for (int slot = 0; slot < series.slots(); slot++) {
                readings[slot * all + s] = series.target(s, slot);
            }
        }
        Gaps.fill(readings, all, series.sensors()::get);
        return readings;
    }

    private static float[] timeOfDay(Series series) {
        SlotClock clock = series.network().clock();
        float[] shares = new float[series.slots()]; // [slot]
        for (int slot = 0; slot < shares.length; slot++) {
            shares[slot] = (float) clock.timeOfDay(series.firstSlot() + slot) / clock.slotsPerDay();
        }
        return shares;
    }

    private Scaler inputScale(int lookback) {
        Moments moments = new Moments(lookback + 1);
        for (int window = 0; window < split.train(); window++) {
            moments.add(0, timeOfDay[window], (double) timeOfDay[window] * timeOfDay[window], 1);
            for (int step = 0; step < lookback; step++) {
                addSlot(moments, step + 1, window + step);
            }
        }
        return moments.scaler();
    }

    private Scaler scale(int lookback, int horizon) {
        Moments moments = new Moments(horizon);
        for (int window = 0; window < split.train(); window++) {
            for (int step = 0; step < horizon; step++) {
                addSlot(moments, step, window + lookback + step);
            }
        }
        return moments.scaler();
    }

    private void addSlot(Moments moments, int row, int slot) {
        double sum = 0;
        double squares = 0;
        for (int at = slot * sensors.size(); at < (slot + 1) * sensors.size(); at++) {
            sum += readings[at];
            squares += (double) readings[at] * readings[at];
        }
        moments.add(row, sum, squares, sensors.size());
    }

    /// The baseline: the last reading for every step ahead.
    private void repeatLast(float[] in, int inAt, float[] out, int outAt) {
        int all = sensors.size();
        int last = input.mean().length - 1;
        for (int step = 0; step < target.mean().length; step++) {
            for (int s = 0; s < all; s++) {
                float speed = input.unscale(in[inAt + last * all + s], last);
                out[outAt + step * all + s] = target.scale(speed, step);
            }
        }
    }

    /// The windows of a part, over the one matrix of readings.
    private final class Windows implements Examples {

        private final Range range;

        Windows(Range range) {
            this.range = range;
        }

        @Override
        public int size() {
            return range.count();
        }

        @Override
        public void load(int example, float[] in, int inAt, float[] out, int outAt) {
            int window = range.first() + example;
            int all = sensors.size();
            int lookback = input.mean().length - 1;
            float time = input.scale(timeOfDay[window], 0);
            Arrays.fill(in, inAt, inAt + all, time);
            for (int step = 0; step < lookback; step++) {
                scaled(window + step, input, step + 1, in, inAt + (step + 1) * all);
            }
            for (int step = 0; step < target.mean().length; step++) {
                scaled(window + lookback + step, target, step, out, outAt + step * all);
            }
        }

        private void scaled(int slot, Scaler scaler, int row, float[] into, int at) {
            int all = sensors.size();
            for (int s = 0; s < all; s++) {
                into[at + s] = scaler.scale(readings[slot * all + s], row);
            }
        }
    }
}
