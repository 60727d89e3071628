package dev.headwater.forecasting.baseline;

import dev.headwater.forecasting.network.SlotClock;
import dev.headwater.forecasting.reading.Series;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/// A sensor's usual values: its mean by day of week and time of day over the training part. The resolution of
/// the time of day is one slot, or one minute where slots are shorter.
///
/// Where a sensor has no reading for a weekday and time, the mean of all sensors at that weekday and time is
/// used, and without that the overall mean. The same holds for an unknown sensor.
public final class Climatology {

    private static final int DAYS = 7;
    private static final int MINUTES_PER_DAY = 1_440;

    private final float[][] means; // [sensor][day of week * bins of a day + time of day]; the last row is for all
    private final Map<String, Integer> index = new HashMap<>();

    private Climatology(Series series, float[][] means) {
        this.means = means;
        for (int s = 0; s < series.sensors().size(); s++) {
            index.put(series.sensors().get(s), s);
        }
    }

    /// Fits the means on the first `rows` rows of a series, sensor by sensor.
    public static Climatology fit(Series series, int rows) {
        SlotClock clock = series.network().clock();
        int[] bins = IntStream.range(0, Math.min(rows, series.slots()))
                .map(row -> binOfWeek(clock, series.firstSlot() + row))
                .toArray();
        int week = DAYS * binsPerDay(clock);
        int sensors = series.sensors().size();
        float[][] means = new float[sensors + 1][];
        Sums all = new Sums(week);
        Sums one = new Sums(week);
        for (int s = 0; s < sensors; s++) {
            one.clear();
            for (int row = 0; row < bins.length; row++) {
                float value = series.target(s, row);
                if (!Float.isNaN(value)) {
                    one.add(bins[row], value);
                    all.add(bins[row], value);
                }
            }
            means[s] = one.means();
        }
        float[] shared = all.means();
        fill(shared, all.mean());
        means[sensors] = shared;
        for (float[] row : means) {
            fill(row, shared);
        }
        return new Climatology(series, means);
    }

    private static void fill(float[] means, float value) {
        for (int bin = 0; bin < means.length; bin++) {
            means[bin] = Float.isNaN(means[bin]) ? value : means[bin];
        }
    }

    private static void fill(float[] means, float[] values) {
        for (int bin = 0; bin < means.length; bin++) {
            means[bin] = Float.isNaN(means[bin]) ? values[bin] : means[bin];
        }
    }

    /// Resolution of the time of day: slots, or minutes where slots are shorter.
    private static int binsPerDay(SlotClock clock) {
        return Math.min(clock.slotsPerDay(), MINUTES_PER_DAY);
    }

    private static int binOfWeek(SlotClock clock, long slot) {
        int bins = binsPerDay(clock);
        return clock.dayOfWeek(slot) * bins + (int) ((long) clock.timeOfDay(slot) * bins / clock.slotsPerDay());
    }

    /// The row of a sensor; for an unknown sensor, the row of all sensors together.
    public int indexOf(String sensor) {
        return index.getOrDefault(sensor, means.length - 1);
    }

    /// The mean at the weekday and time of day of a slot.
    ///
    /// @param sensor a row from [#indexOf]
    public float mean(int sensor, SlotClock clock, long slot) {
        return means[sensor][binOfWeek(clock, slot)];
    }

    /// Sums by bin of the week.
    private static final class Sums {

        private final double[] sums; // [bin]
        private final long[] counts; // [bin]

        Sums(int bins) {
            sums = new double[bins];
            counts = new long[bins];
        }

        void clear() {
            Arrays.fill(sums, 0);
            Arrays.fill(counts, 0);
        }

        void add(int bin, float value) {
            sums[bin] += value;
            counts[bin]++;
        }

        /// `[bin]`, NaN where there is none.
        float[] means() {
            float[] means = new float[sums.length];
            for (int bin = 0; bin < means.length; bin++) {
                means[bin] = (float) (sums[bin] / counts[bin]); // 0 / 0 = NaN
            }
            return means;
        }

        /// Over all bins; 0 without values.
        float mean() {
            long readings = Arrays.stream(counts).sum();
            return readings == 0 ? 0 : (float) (Arrays.stream(sums).sum() / readings);
        }
    }
}
