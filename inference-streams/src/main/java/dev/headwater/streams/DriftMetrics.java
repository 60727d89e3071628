package dev.headwater.streams;

import dev.headwater.forecasting.drift.DriftEvent;
import dev.headwater.forecasting.drift.DriftKind;
import io.micrometer.core.instrument.Counter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Counts drift events, by how much of the network they concern and by what shows it.
final class DriftMetrics {

    private static final String BOTH = "both";

    private final Map<List<String>, Counter> events = new HashMap<>(); // by scope and kind

    DriftMetrics(Meters meters) {
        List<String> kinds = Stream.concat(Arrays.stream(DriftKind.values()).map(DriftKind::word), Stream.of(BOTH))
                .toList();
        for (DriftEvent.Scope scope : DriftEvent.Scope.values()) {
            for (String kind : kinds) {
                Counter counter = meters.counter(
                        "headwater.drift.events",
                        "Groups of sensors that have changed, by size and by what shows it",
                        "scope",
                        scope.word(),
                        "kind",
                        kind);
                events.put(List.of(scope.word(), kind), counter);
            }
        }
    }

    void count(DriftEvent event) {
        Meters.count(events, List.of(event.scope().word(), kind(event.kinds())));
    }

    private static String kind(Set<DriftKind> kinds) {
        return kinds.size() == 1 ? kinds.iterator().next().word() : BOTH;
    }
}
