package dev.headwater.forecasting.drift;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// Joins sensors that begin to drift at about the same time into one event, so that a change of many sensors is one
/// alarm. A sensor belongs to a group when it follows the one before within [#DEBOUNCE] of event time, and the first
/// within [#LONGEST]. Not thread-safe.
///
/// A group is complete when all parts of the network have gone beyond it. Of a history that is replayed, some may be
/// days ahead of others. A part that lies further behind than [#LONGEST] and has not been heard of for [#SILENCE] by
/// the clock is not waited for.
public final class DriftGroups {

    /// Sensors are found some hours apart after the same change.
    public static final Duration DEBOUNCE = Duration.ofHours(6);

    /// Longest time from the first to the last sensor of a group.
    public static final Duration LONGEST = Duration.ofHours(24);

    /// By the clock. A part that lags behind but is alive reports more often.
    public static final Duration SILENCE = Duration.ofMinutes(10);

    private static final Comparator<DriftSign> BY_TIME =
            Comparator.comparingLong(DriftSign::time).thenComparing(DriftSign::sensor);

    private final String network;
    private final Map<Integer, Part> parts = new TreeMap<>();
    private final TreeSet<DriftSign> open = new TreeSet<>(BY_TIME);

    /// How far a part is.
    ///
    /// @param reached event time, milliseconds since 1970
    /// @param sensors number of its sensors
    /// @param heard   the clock at its last report, milliseconds since 1970
    private record Part(long reached, int sensors, long heard) {

        Part next(Part later) {
            return new Part(Math.max(reached, later.reached), later.sensors, later.heard);
        }
    }

    /// @param network name of the network
    public DriftGroups(String network) {
        this.network = network;
    }

    /// Takes in a report that was taken in before a restart: the newest of each part, and those of [#isOpen] signs.
    ///
    /// @param now the clock, milliseconds since 1970, here as below
    public void restore(DriftReport report, long now) {
        parts.merge(report.part(), new Part(report.reached(), report.sensors(), now), Part::next);
        if (report.sign() != null) {
            open.add(report.sign());
        }
    }

    /// Takes in a report.
    ///
    /// @return the events of the groups that are complete with it, mostly none
    public List<DriftEvent> add(DriftReport report, long now) {
        restore(report, now);
        List<DriftEvent> complete = new ArrayList<>();
        long reached = reached(now);
        List<DriftSign> group = first();
        while (!group.isEmpty() && reached >= end(group)) {
            complete.add(event(group));
            group.forEach(open::remove);
            group = first();
        }
        return complete;
    }

    /// Whether the sign belongs to a group that is not complete yet.
    public boolean isOpen(DriftSign sign) {
        return open.contains(sign);
    }

    /// The event time beyond which no sensor can join any more.
    private static long end(List<DriftSign> group) {
        return Math.min(
                group.getLast().time() + DEBOUNCE.toMillis(), group.getFirst().time() + LONGEST.toMillis());
    }

    /// The earliest group; empty for none.
    private List<DriftSign> first() {
        List<DriftSign> group = new ArrayList<>();
        for (DriftSign sign : open) {
            if (group.isEmpty() || sign.time() < end(group)) {
                group.add(sign);
            }
        }
        return group;
    }

    /// The event time that all parts have reached.
    private long reached(long now) {
        long furthest = parts.values().stream().mapToLong(Part::reached).max().orElseThrow();
        return parts.values().stream()
                .filter(part -> part.reached >= furthest - LONGEST.toMillis() || now - part.heard < SILENCE.toMillis())
                .mapToLong(Part::reached)
                .min()
                .orElseThrow();
    }

    private DriftEvent event(List<DriftSign> group) {
        EnumSet<DriftKind> kinds = EnumSet.noneOf(DriftKind.class);
        group.forEach(sign -> kinds.add(sign.kind()));
        List<String> sensors =
                group.stream().map(DriftSign::sensor).distinct().sorted().toList();
        int known = parts.values().stream().mapToInt(Part::sensors).sum();
        return new DriftEvent(
                network,
                DriftEvent.Scope.of(sensors.size(), known),
                kinds,
                group.getFirst().time(),
                group.getLast().time(),
                sensors.size(),
                Math.max(sensors.size(), known),
                List.copyOf(sensors.subList(0, Math.min(sensors.size(), DriftEvent.MAX_SENSORS))));
    }
}
