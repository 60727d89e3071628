package dev.headwater.ingest.replay;

import dev.headwater.forecasting.network.SensorNetwork;

/// The slots that can be played.
public interface Timeline {

    SensorNetwork network();

    /// The first slot.
    long firstSlot();

    /// The slot after the last one; `Long.MAX_VALUE` when the end is unknown or there is none.
    long endSlot();
}
