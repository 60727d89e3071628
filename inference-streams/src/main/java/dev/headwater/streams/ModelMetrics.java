package dev.headwater.streams;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;

/// Metrics of a stream's models; separate from [StreamMetrics], since models are followed before the stream
/// starts.
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

    /// Reports the model in service, and removes the label of the previous one.
    void serving(String model) {
        info.register(List.of(MultiGauge.Row.of(Tags.of("model", model), 1)), true);
        taken.increment();
    }

    /// Registers the gauge, which is read at each scrape.
    void watch(ModelFollower follower) {
        meters.gauge(
                "headwater.models.following",
                null,
                "1 while the models topic is followed, 0 when that fails again and again",
                follower,
                one -> one.isFollowing() ? 1 : 0);
    }
}
