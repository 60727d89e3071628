package dev.headwater.streams;

import java.util.Set;

/// What a stream takes over from an earlier version of itself.
///
/// @param oldStores stores of an older version that have a changelog
/// @param readings  from which windows are rebuilt whose state cannot be read
record Handover(Set<String> oldStores, PastReadings readings) {

    /// Nothing.
    static final Handover NONE = new Handover(Set.of(), PastReadings.NONE);
}
