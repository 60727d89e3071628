package dev.headwater.trainer.service;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Metrics of a trainer service, with the label `network`.
final class TrainingMetrics {

    private static final String NETWORK = "network";

    private final Map<Outcome, Counter> runs = new EnumMap<>(Outcome.class);
    private final Map<Verdict, Counter> canaries = new EnumMap<>(Verdict.class);
    private final Timer seconds;

    TrainingMetrics(MeterRegistry registry, String network) {
        for (Outcome outcome : Outcome.values()) {
            runs.put(
                    outcome,
                    counter(registry, network, "headwater.training.runs", "Trainings that ended", outcome.word()));
        }
        for (Verdict verdict : Verdict.values()) {
            canaries.put(
                    verdict,
                    counter(
                            registry,
                            network,
                            "headwater.training.canaries",
                            "Challengers that ended to forecast in the shadow",
                            verdict.word()));
        }
        seconds = Timer.builder("headwater.training")
                .description("Time of a training, from reading its history to publishing its model")
                .tag(NETWORK, network)
                .register(registry);
    }

    private static Counter counter(
            MeterRegistry registry, String network, String name, String description, String outcome) {
        return Counter.builder(name)
                .description(description)
                .tag(NETWORK, network)
                .tag("outcome", outcome)
                .register(registry);
    }

    /// Registers the gauges, which are read at each scrape.
    static void watch(MeterRegistry registry, String network, TrainerService service) {
        gauge(
                registry,
                network,
                "headwater.training.progress",
                null,
                "Share of the epochs that are done",
                () -> service.progress().done());
        gauge(
                registry,
                network,
                "headwater.training.running",
                null,
                "1 while a training runs",
                () -> service.isRunning() ? 1.0 : 0.0);
        gauge(
                registry,
                network,
                "headwater.training.last.success.timestamp",
                "seconds",
                "When the last training ended that gave a model",
                () -> seconds(service.state().lastSuccess()));
        gauge(
                registry,
                network,
                "headwater.training.due.timestamp",
                "seconds",
                "When the next training is due",
                () -> seconds(service.nextDue()));
    }

    private static double seconds(@Nullable String instant) {
        return instant == null ? Double.NaN : Instant.parse(instant).toEpochMilli() / 1e3;
    }

    private static void gauge(
            MeterRegistry registry,
            String network,
            String name,
            @Nullable String unit,
            String description,
            Supplier<Number> value) {
        Gauge.builder(name, value)
                .baseUnit(unit)
                .description(description)
                .tag(NETWORK, network)
                .register(registry);
    }

    void ended(Outcome outcome, Duration time) {
        count(runs.get(outcome));
        seconds.record(time);
    }

    void ended(Verdict verdict) {
        count(canaries.get(verdict));
    }

    private static void count(@Nullable Counter counter) {
        if (counter != null) {
            counter.increment();
        }
    }
}
