package dev.headwater.streams;

import dev.headwater.streams.state.PastSpan;
import java.util.Map;
import java.util.Set;

/// What a stream takes over from an earlier version of itself, and what it finds on its topic.
///
/// @param oldStores stores of an older version that have a changelog
/// @param readings  from which windows are rebuilt whose state cannot be read
/// @param pasts     by partition; only of those on which the stream has never run
record Handover(Set<String> oldStores, PastReadings readings, Map<Integer, PastSpan> pasts) {

    /// Nothing.
    static final Handover NONE = new Handover(Set.of(), PastReadings.NONE, Map.of());

    PastSpan past(int partition) {
        return pasts.getOrDefault(partition, PastSpan.NONE);
    }
}
