package dev.headwater.ingest.replay;

import dev.headwater.forecasting.network.SensorNetwork;

/// The slots that can be played.
public interface Timeline {

    SensorNetwork network();

    /// The first slot that it has.
    long firstSlot();

    /// The slot after its last; `Long.MAX_VALUE` when it never ends, or nobody knows when.
    long endSlot();
}
