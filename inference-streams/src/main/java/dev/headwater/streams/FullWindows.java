package dev.headwater.streams;

import dev.headwater.forecasting.Words;
import dev.headwater.forecasting.network.SensorNetwork;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Reports how many sensors have a full window, until all have: without one a sensor gets no forecast, and the
/// user must know why. Not thread-safe.
final class FullWindows {

    private static final Duration RARELY = Duration.ofSeconds(5);

    private final SensorNetwork network;
    private final MeterRegistry registry;
    private final LongSupplier nanos;
    private final Consumer<String> notice;
    private String said = "";
    private long saidNanos;
    private boolean done;

    /// @param registry has the stream's metrics
    /// @param nanos    a clock, as [System#nanoTime()]
    /// @param notice   receives the lines
    FullWindows(SensorNetwork network, MeterRegistry registry, LongSupplier nanos, Consumer<String> notice) {
        this.network = network;
        this.registry = registry;
        this.nanos = nanos;
        this.notice = notice;
    }

    /// Reports a change, at most once every few seconds.
    void look() {
        if (done || (!said.isEmpty() && nanos.getAsLong() - saidNanos < RARELY.toNanos())) {
            return;
        }
        int ready = value(StreamMetrics.READY);
        int all = Math.max(value(StreamMetrics.KNOWN), network.sensors().size());
        String line = line(ready, all);
        if (!line.equals(said)) {
            notice.accept(line);
            said = line;
            saidNanos = nanos.getAsLong();
        }
        done = ready > 0 && ready >= all;
    }

    private int value(String metric) {
        Gauge gauge = registry.find(metric).gauge();
        return gauge == null ? 0 : (int) gauge.value();
    }

    private String line(int ready, int all) {
        String rule = "forecasts come " + wait(network) + " after a sensor's first reading";
        if (all == 0) {
            return "no sensor has reported yet; " + rule;
        }
        String counted = ready + " of " + Words.count(all, "sensor") + (all == 1 ? " has" : " have") + " a full window";
        if (ready == 0) {
            return counted + "; " + rule;
        }
        return counted + (ready < all ? " and get forecasts" : ": all get forecasts");
    }

    /// Event time from a sensor's first reading to its first forecast.
    private static String wait(SensorNetwork network) {
        return Words.time((network.window().span() - 1) * network.interval().toMillis() / 60_000.0);
    }
}
