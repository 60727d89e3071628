package dev.headwater.forecasting.baseline;

import dev.headwater.forecasting.network.SlotClock;
import dev.headwater.forecasting.reading.Series;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A sensor's usual values: its mean by day of week and time of day over the training part. The resolution of
/// the time of day is one slot, or one minute where slots are shorter.
///
/// Where a sensor has no reading for a weekday and time, the mean of all sensors at that weekday and time is
/// used, and without that the overall mean. The same holds for an unknown sensor.
public final class Climatology {

    private static final int DAYS = 7;
    private static final int MINUTES_PER_DAY = 1_440;

    private final List<String> sensors;
    private final int binsPerDay;
    private final float[] means; // [sensor][day of week * binsPerDay + time of day]; the last row is for all sensors
    private final Map<String, Integer> index = new HashMap<>();

    /// @param means `[sensors + 1][7 * binsPerDay]`, the last row for all sensors together
    public Climatology(List<String> sensors, int binsPerDay, float[] means) {
        if (means.length != (sensors.size() + 1) * DAYS * binsPerDay) {
            throw new IllegalArgumentException("climatology: " + means.length + " means for " + sensors.size()
                    + " sensors of " + binsPerDay + " times of day");
        }
        this.sensors = List.copyOf(sensors);
        this.binsPerDay = binsPerDay;
        this.means = means;
        for (int s = 0; s < sensors.size(); s++) {
            index.put(sensors.get(s), s);
        }
    }

    /// Fits the means on the first `rows` rows of a series.
    public static Climatology fit(Series series, int rows) {
        SlotClock clock = series.network().clock();
        int week = DAYS * binsPerDay(clock);
        int sensors = series.sensors().size();
        double[] sums = new double[(sensors + 1) * week];
        int[] counts = new int[(sensors + 1) * week];
        for (int row = 0; row < Math.min(rows, series.slots()); row++) {
            int at = binOfWeek(clock, series.firstSlot() + row);
            for (int s = 0; s < sensors; s++) {
                float value = series.target(s, row);
                if (!Float.isNaN(value)) {
                    count(sums, counts, s * week + at, value);
                    count(sums, counts, sensors * week + at, value);
                }
            }
        }
        return new Climatology(series.sensors(), binsPerDay(clock), average(sums, counts, week));
    }

    private static void count(double[] sums, int[] counts, int at, float value) {
        sums[at] += value;
        counts[at]++;
    }

    private static float[] average(double[] sums, int[] counts, int week) {
        int all = sums.length - week;
        double total = Arrays.stream(sums, all, sums.length).sum();
        long readings = Arrays.stream(counts, all, counts.length).asLongStream().sum();
        double everything = readings == 0 ? 0 : total / readings;
        float[] means = new float[sums.length];
        for (int i = 0; i < means.length; i++) {
            int shared = all + i % week;
            double fallback = counts[shared] == 0 ? everything : sums[shared] / counts[shared];
            means[i] = (float) (counts[i] == 0 ? fallback : sums[i] / counts[i]);
        }
        return means;
    }

    /// Resolution of the time of day: slots, or minutes where slots are shorter.
    public static int binsPerDay(SlotClock clock) {
        return Math.min(clock.slotsPerDay(), MINUTES_PER_DAY);
    }

    private static int binOfWeek(SlotClock clock, long slot) {
        int bins = binsPerDay(clock);
        return clock.dayOfWeek(slot) * bins + (int) ((long) clock.timeOfDay(slot) * bins / clock.slotsPerDay());
    }

    public List<String> sensors() {
        return sensors;
    }

    public int binsPerDay() {
        return binsPerDay;
    }

    /// `[sensors + 1][7 * binsPerDay]`; not a copy.
    public float[] means() {
        return means;
    }

    /// The row of a sensor; for an unknown sensor, the row of all sensors together.
    public int indexOf(String sensor) {
        return index.getOrDefault(sensor, sensors.size());
    }

    /// The mean at the weekday and time of day of a slot.
    ///
    /// @param sensor a row from [#indexOf]
    public float mean(int sensor, SlotClock clock, long slot) {
        return means[sensor * DAYS * binsPerDay + binOfWeek(clock, slot)];
    }
}
