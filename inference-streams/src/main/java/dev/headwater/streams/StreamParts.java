package dev.headwater.streams;

import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.streams.sensors.Inquiries;

/// What all tasks of a stream share.
///
/// @param model     asked before every batch, so that a model can be swapped in a running stream
/// @param census    counts of the sensors of all tasks
/// @param backfill  how far the tasks have come through the past
/// @param board     live accuracy of all tasks
/// @param inquiries questions to the tasks
/// @param before    what is taken over from an earlier version
record StreamParts(
        SensorNetwork network,
        ModelSource model,
        StreamSettings settings,
        StreamMetrics metrics,
        SensorCensus census,
        Backfill backfill,
        AccuracyBoard board,
        Inquiries inquiries,
        Handover before) {

    StreamParts(
            SensorNetwork network,
            ModelSource model,
            StreamSettings settings,
            StreamMetrics metrics,
            Inquiries inquiries,
            Handover before) {
        this(
                network,
                model,
                settings,
                metrics,
                new SensorCensus(network, settings.limits(), settings.state().maxBytes()),
                new Backfill(),
                new AccuracyBoard(),
                inquiries,
                before);
    }
}
