package dev.headwater.forecasting.drift;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Joins sensors that begin to drift at about the same time into one event, so that a change of many sensors is one
/// alarm. A group is open until no further sensor has joined for [#DEBOUNCE] of event time, and for [#LONGEST] at
/// most. Not thread-safe.
///
/// Event time is what all parts of the network have reached. A part that lies further behind than [#LONGEST] is not
/// waited for: it is silent.
public final class DriftGroups {

    /// Sensors are found some hours apart after the same change.
    public static final Duration DEBOUNCE = Duration.ofHours(6);

    /// Longest time that a group stays open.
    public static final Duration LONGEST = Duration.ofHours(24);

    private final String network;
    private final TreeMap<Integer, Part> parts = new TreeMap<>();
    private final TreeMap<String, DriftSign> open = new TreeMap<>(); // by sensor

    /// How far a part is.
    ///
    /// @param reached event time, milliseconds since 1970
    /// @param sensors number of its sensors
    private record Part(long reached, int sensors) {

        Part next(Part later) {
            return new Part(Math.max(reached, later.reached), later.sensors);
        }
    }

    /// @param network name of the network
    public DriftGroups(String network) {
        this.network = network;
    }

    /// Takes in a report that was taken in before a restart: the newest of each part, and those of the open group.
    public void restore(DriftReport report) {
        parts.merge(report.part(), new Part(report.reached(), report.sensors()), Part::next);
        if (report.sign() != null) {
            open.putIfAbsent(report.sign().sensor(), report.sign());
        }
    }

    /// Takes in a report.
    ///
    /// @return the event of a group that is complete with it
    public Optional<DriftEvent> add(DriftReport report) {
        parts.merge(report.part(), new Part(report.reached(), report.sensors()), Part::next);
        Optional<DriftEvent> complete = close();
        restore(report);
        return complete;
    }

    private Optional<DriftEvent> close() {
        if (open.isEmpty() || reached() < Math.min(last() + DEBOUNCE.toMillis(), first() + LONGEST.toMillis())) {
            return Optional.empty();
        }
        DriftEvent event = event();
        open.clear();
        return Optional.of(event);
    }

    private long reached() {
        long furthest = parts.values().stream().mapToLong(Part::reached).max().orElseThrow();
        return parts.values().stream()
                .mapToLong(Part::reached)
                .filter(reached -> reached >= furthest - LONGEST.toMillis())
                .min()
                .orElseThrow();
    }

    private long first() {
        return open.values().stream().mapToLong(DriftSign::time).min().orElseThrow();
    }

    private long last() {
        return open.values().stream().mapToLong(DriftSign::time).max().orElseThrow();
    }

    private DriftEvent event() {
        EnumSet<DriftKind> kinds = EnumSet.noneOf(DriftKind.class);
        open.values().forEach(sign -> kinds.add(sign.kind()));
        int known = Math.max(
                open.size(), parts.values().stream().mapToInt(Part::sensors).sum());
        List<String> sensors = new ArrayList<>(open.keySet());
        return new DriftEvent(
                network,
                DriftEvent.Scope.of(open.size(), known),
                kinds,
                first(),
                last(),
                open.size(),
                known,
                List.copyOf(sensors.subList(0, Math.min(sensors.size(), DriftEvent.MAX_SENSORS))));
    }
}
