package dev.headwater.forecasting.baseline;

import dev.headwater.forecasting.network.SlotClock;
import dev.headwater.forecasting.reading.Series;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a sensor usually reports: its mean by day of week and time of day over the training span.
///
/// Where a sensor has no reading of a weekday and time, the mean of that weekday and time over all sensors stands, and
/// failing that the mean of everything; the same holds for a sensor that was never seen.
public final class Climatology {

    private static final int DAYS = 7;

    private final List<String> sensors;
    private final int slotsPerDay;
    private final float[] means; // [sensor][day of week * slotsPerDay + time of day]; the last row is of all sensors
    private final Map<String, Integer> index = new HashMap<>();

    /// @param means `[sensors + 1][7 * slotsPerDay]`, the last row being that of all sensors together
    public Climatology(List<String> sensors, int slotsPerDay, float[] means) {
        if (means.length != (sensors.size() + 1) * DAYS * slotsPerDay) {
            throw new IllegalArgumentException("climatology: " + means.length + " means for " + sensors.size()
                    + " sensors of " + slotsPerDay + " slots a day");
        }
        this.sensors = List.copyOf(sensors);
        this.slotsPerDay = slotsPerDay;
        this.means = means;
        for (int s = 0; s < sensors.size(); s++) {
            index.put(sensors.get(s), s);
        }
    }

    /// Fits the means on the first `rows` rows of a series.
    public static Climatology fit(Series series, int rows) {
        SlotClock clock = series.network().clock();
        int week = DAYS * clock.slotsPerDay();
        int sensors = series.sensors().size();
        double[] sums = new double[(sensors + 1) * week];
        int[] counts = new int[(sensors + 1) * week];
        for (int row = 0; row < Math.min(rows, series.slots()); row++) {
            int at = slotOfWeek(clock, series.firstSlot() + row);
            for (int s = 0; s < sensors; s++) {
                float value = series.target(s, row);
                if (!Float.isNaN(value)) {
                    count(sums, counts, s * week + at, value);
                    count(sums, counts, sensors * week + at, value);
                }
            }
        }
        return new Climatology(series.sensors(), clock.slotsPerDay(), average(sums, counts, week));
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

    private static int slotOfWeek(SlotClock clock, long slot) {
        return clock.dayOfWeek(slot) * clock.slotsPerDay() + clock.timeOfDay(slot);
    }

    public List<String> sensors() {
        return sensors;
    }

    public int slotsPerDay() {
        return slotsPerDay;
    }

    /// `[sensors + 1][7 * slotsPerDay]`; not a copy.
    public float[] means() {
        return means;
    }

    /// The row of a sensor; that of all sensors together when it is not known.
    public int indexOf(String sensor) {
        return index.getOrDefault(sensor, sensors.size());
    }

    /// The mean at the weekday and time of day of a slot.
    ///
    /// @param sensor a row as `indexOf` gives it
    public float mean(int sensor, SlotClock clock, long slot) {
        return means[sensor * DAYS * slotsPerDay + slotOfWeek(clock, slot)];
    }
}
