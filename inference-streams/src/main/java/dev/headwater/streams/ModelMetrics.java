package dev.headwater.streams;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;

/// What is told of a stream's models, apart from the stream: they come before it.
final class ModelMetrics {

    private final Meters meters;
    private final MultiGauge info;
    private final Counter taken;
    final Counter refused;
    final Counter failed;
    final Counter followFailures;

    ModelMetrics(MeterRegistry registry, String network) {
        meters = new Meters(registry, network);
        info = MultiGauge.builder("headwater.model.info")
                .description("1 for the model in service")
                .tag(Meters.NETWORK, network)
                .register(registry);
        taken = meters.counter("headwater.models.taken", "Models taken into service");
        refused = meters.counter(
                "headwater.models.refused", "Models on the bus that are damaged, do not fit or are nonsense");
        failed = meters.counter("headwater.models.failed", "Batches that a model in service could not forecast");
        followFailures =
                meters.counter("headwater.models.follow.failures", "Times that following the models topic failed");
    }

    /// The only model in service from now on: the label of the one before goes away.
    void serving(String model) {
        info.register(List.of(MultiGauge.Row.of(Tags.of("model", model), 1)), true);
        taken.increment();
    }

    /// Registers what is looked up when it is asked for.
    void watch(ModelFollower follower) {
        meters.gauge(
                "headwater.models.following",
                null,
                "1 while the models topic is followed, 0 when that fails again and again",
                follower,
                one -> one.isFollowing() ? 1 : 0);
    }
}
