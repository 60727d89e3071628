package dev.headwater.streams;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Registers meters with the label of a network. Sensors are never a label, since their number is unbounded.
record Meters(MeterRegistry registry, String network) {

    static final String NETWORK = "network";

    // 100 us for one window to 10 s for a service that no longer keeps up.
    private static final Duration[] TIME_BUCKETS = Stream.of(
                    0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 25.0, 50.0, 100.0, 250.0, 500.0, 1_000.0, 2_500.0, 10_000.0)
            .map(millis -> Duration.ofNanos(Math.round(millis * 1e6)))
            .toArray(Duration[]::new);

    /// @param tags labels beside the network's, each with its value
    Counter counter(String name, String description, String... tags) {
        return Counter.builder(name)
                .description(description)
                .tag(NETWORK, network)
                .tags(tags)
                .register(registry);
    }

    /// A counter for each value of a label.
    <T> Map<T, Counter> counters(
            String name, String description, String label, Stream<T> values, Function<T, String> text) {
        return values.collect(
                Collectors.toMap(value -> value, value -> counter(name, description, label, text.apply(value))));
    }

    static <T> void count(Map<T, Counter> counters, T value) {
        count(counters, value, 1);
    }

    static <T> void count(Map<T, Counter> counters, T value, int times) {
        Counter counter = counters.get(value);
        if (counter != null) {
            counter.increment(times);
        }
    }

    DistributionSummary distribution(String name, @Nullable String unit, String description, double[] buckets) {
        return DistributionSummary.builder(name)
                .baseUnit(unit)
                .description(description)
                .tag(NETWORK, network)
                .serviceLevelObjectives(buckets)
                .register(registry);
    }

    Timer timer(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .tag(NETWORK, network)
                .serviceLevelObjectives(TIME_BUCKETS)
                .register(registry);
    }

    /// A gauge whose value is read at each scrape.
    ///
    /// @param tags labels beside the network's, each with its value
    <T> void gauge(String name, String description, T of, ToDoubleFunction<T> value, String... tags) {
        Gauge.builder(name, of, value)
                .description(description)
                .tag(NETWORK, network)
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    /// A gauge whose value is read at each scrape.
    <T> void gauge(String name, @Nullable String unit, String description, T of, ToDoubleFunction<T> value) {
        Gauge.builder(name, of, value)
                .baseUnit(unit)
                .description(description)
                .tag(NETWORK, network)
                .strongReference(true)
                .register(registry);
    }
}
