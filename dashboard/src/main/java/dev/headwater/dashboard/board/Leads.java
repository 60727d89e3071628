package dev.headwater.dashboard.board;

import dev.headwater.forecasting.network.SensorNetwork;
import java.util.stream.IntStream;

/// Lead times of a network's forecasts.
final class Leads {

    private Leads() {}

    /// `[step]` milliseconds from the slot of issue.
    static long[] millis(SensorNetwork network) {
        long interval = network.interval().toMillis();
        return IntStream.rangeClosed(1, network.window().horizon())
                .mapToLong(step -> network.window().lead(step) * interval)
                .toArray();
    }
}
