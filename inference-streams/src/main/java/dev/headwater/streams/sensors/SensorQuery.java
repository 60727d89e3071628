package dev.headwater.streams.sensors;

import static java.util.Objects.requireNonNull;

import dev.headwater.forecasting.network.SlotClock;
import dev.headwater.streams.state.SensorState;
import dev.headwater.streams.state.Sensors;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Which sensors are to be listed.
///
/// @param order what comes first
/// @param limit most sensors to list, from 1 to [#MAX_LIMIT]
/// @param after only sensors whose id comes after this one; "" for all
public record SensorQuery(SensorOrder order, int limit, String after) {

    public static final int DEFAULT_LIMIT = 100;

    /// The answer is made on the thread of the stream, which must not be held up.
    public static final int MAX_LIMIT = 1000;

    /// A sensor's place in the order.
    private sealed interface Ranked {

        Comparator<Ranked> ORDER =
                Comparator.comparingDouble(Ranked::rank).reversed().thenComparing(Ranked::id);

        String id();

        double rank();
    }

    private record Place(String id, double rank) implements Ranked {}

    private record Row(SensorSummary sensor, double rank) implements Ranked {

        @Override
        public String id() {
            return sensor.sensor();
        }
    }

    /// What one task knows.
    ///
    /// @param known number of its sensors
    /// @param rows  the first of them
    public record Found(int known, List<Row> rows) {

        public static int known(List<Found> all) {
            return all.stream().mapToInt(Found::known).sum();
        }
    }

    /// The first of the sensors that several tasks found.
    public List<SensorSummary> merge(List<Found> all) {
        return all.stream()
                .flatMap(found -> found.rows.stream())
                .sorted(Ranked.ORDER)
                .limit(limit)
                .map(Row::sensor)
                .toList();
    }

    /// The id after which the next list begins; null when this one may be the last.
    public @Nullable String next(List<SensorSummary> first) {
        return order == SensorOrder.ID && first.size() == limit
                ? first.getLast().sensor()
                : null;
    }

    /// Finds the first sensors of a task. Of its perhaps 100,000 sensors only those that are listed take memory.
    public Found find(Sensors sensors, SensorDescriber describer, SlotClock clock) {
        PriorityQueue<Place> first = new PriorityQueue<>(Ranked.ORDER.reversed()); // the last of them on top
        sensors.forEach(state -> offer(state, clock, first));
        SensorState view = sensors.view();
        List<Row> rows = first.stream()
                .map(place -> new Row(describer.summary(requireNonNull(sensors.find(place.id, view))), place.rank))
                .toList();
        return new Found(sensors.size(), rows);
    }

    private void offer(SensorState state, SlotClock clock, PriorityQueue<Place> first) {
        if (state.sensor().compareTo(after) <= 0) {
            return;
        }
        double rank = order.rank(state, clock);
        Place last = first.size() < limit ? null : first.element();
        if (last == null || isBefore(rank, state.sensor(), last)) {
            if (last != null) {
                first.remove();
            }
            first.add(new Place(state.sensor(), rank));
        }
    }

    private static boolean isBefore(double rank, String sensor, Place last) {
        return rank > last.rank || (rank == last.rank && sensor.compareTo(last.id) < 0);
    }
}
