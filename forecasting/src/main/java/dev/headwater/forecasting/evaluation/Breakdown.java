package dev.headwater.forecasting.evaluation;

import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.SlotClock;
import dev.headwater.forecasting.reading.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Breaks errors down by sensor, by hour of the day, and by congestion or free flow, and gives the bias of each
/// step. Not thread-safe.
public final class Breakdown implements Scorer.Sink {

    private static final int HOURS = 24;
    private static final int KEPT = 256; // slots, a power of two

    private final Series series;
    private final SlotClock clock;
    private final @Nullable Congestion congestion;
    private final Map<String, Integer> sensors = new HashMap<>();
    private final HorizonErrors all;
    private final HorizonErrors[] bySensor;
    private final HorizonErrors[] byHour;
    private final HorizonErrors congested;
    private final HorizonErrors free;
    private final long[] hourOf = new long[KEPT]; // slots
    private final byte[] hours = new byte[KEPT]; // theirs
    private String last = ""; // sensor
    private int lastIndex = -1;

    /// @param congestion null where congestion is not defined
    public Breakdown(Series series, @Nullable Congestion congestion) {
        SensorNetwork network = series.network();
        int horizon = network.window().horizon();
        this.series = series;
        this.clock = network.clock();
        this.congestion = congestion;
        for (int s = 0; s < series.sensors().size(); s++) {
            sensors.put(series.sensors().get(s), s);
        }
        Arrays.fill(hourOf, Long.MIN_VALUE);
        this.all = new HorizonErrors(horizon);
        this.bySensor = accumulators(sensors.size(), horizon);
        this.byHour = accumulators(HOURS, horizon);
        this.congested = new HorizonErrors(horizon);
        this.free = new HorizonErrors(horizon);
    }

    private static HorizonErrors[] accumulators(int count, int horizon) {
        return IntStream.range(0, count)
                .mapToObj(i -> new HorizonErrors(horizon))
                .toArray(HorizonErrors[]::new);
    }

    /// The errors. Groups without an observed truth are omitted.
    ///
    /// @param bias       mean of forecast minus truth, per step, unit of the target
    /// @param meanBias   over all steps
    /// @param perSensor  in the order of the history
    /// @param byHour     by the hour of the truth in the network's time zone: `00` to `23`
    /// @param congestion null where congestion is not defined
    public record Table(
            List<Double> bias,
            double meanBias,
            List<ErrorGroup> perSensor,
            List<ErrorGroup> byHour,
            @Nullable Split congestion) {}

    /// Errors in congestion and in free flow.
    ///
    /// @param below  share of a sensor's free-flow speed below which it is congested
    /// @param groups `congested`, `free flow`
    public record Split(double below, List<ErrorGroup> groups) {}

    @Override
    public void add(String id, long slot, int step, float forecast, float truth) {
        int sensor = indexOf(id);
        if (sensor < 0 || Float.isNaN(truth)) {
            return;
        }
        double error = (double) forecast - truth;
        double relative = truth == 0 ? Double.NaN : Math.abs(error / truth);
        all.add(step, error, relative);
        bySensor[sensor].add(step, error, relative);
        byHour[hour(slot)].add(step, error, relative);
        if (congestion != null) {
            (congestion.isCongested(sensor, truth) ? congested : free).add(step, error, relative);
        }
    }

    /// The place of a sensor in the series, negative for another one. Most forecasts are of the same sensor as the one
    /// before.
    private int indexOf(String id) {
        if (!id.equals(last)) {
            last = id;
            lastIndex = sensors.getOrDefault(id, -1);
        }
        return lastIndex;
    }

    /// Neighbouring forecasts are of the same slots, and a time of day takes two divisions.
    private int hour(long slot) {
        int at = Math.floorMod(slot, KEPT);
        if (hourOf[at] != slot) {
            hourOf[at] = slot;
            hours[at] = (byte) (clock.timeOfDay(slot) * HOURS / clock.slotsPerDay());
        }
        return hours[at];
    }

    /// The errors so far.
    public Table table() {
        List<String> hours = IntStream.range(0, HOURS)
                .mapToObj(hour -> String.format(Locale.ROOT, "%02d", hour))
                .toList();
        return new Table(
                IntStream.range(0, all.horizon()).mapToObj(all::bias).toList(),
                all.group("all").bias(),
                groups(series.sensors(), bySensor),
                groups(hours, byHour),
                congestion == null
                        ? null
                        : new Split(
                                congestion.share(),
                                groups(List.of("congested", "free flow"), new HorizonErrors[] {congested, free})));
    }

    private static List<ErrorGroup> groups(List<String> names, HorizonErrors[] errors) {
        List<ErrorGroup> groups = new ArrayList<>();
        for (int i = 0; i < errors.length; i++) {
            ErrorGroup group = errors[i].group(names.get(i));
            if (group.n() > 0) {
                groups.add(group);
            }
        }
        return groups;
    }
}
