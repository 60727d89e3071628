package dev.headwater.streams;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Metrics of a stream's models; separate from [StreamMetrics], since models are followed before the stream
/// starts.
final class ModelMetrics {

    private final Meters meters;
    private final MultiGauge info;
    private final MultiGauge challenger;
    private final Counter taken;
    final Counter refused;
    final Counter failed;
    final Counter challengerFailed;
    final Counter followFailures;

    ModelMetrics(MeterRegistry registry, String network) {
        meters = new Meters(registry, network);
        info = models("headwater.model.info", "1 for the model in service");
        challenger =
                models("headwater.models.challenger", "1 for the model that forecasts in the shadow, 0 without one");
        taken = meters.counter("headwater.models.taken", "Models taken into service");
        refused = meters.counter(
                "headwater.models.refused", "Models on the bus that are damaged, do not fit or are nonsense");
        failed = meters.counter("headwater.models.failed", "Batches that a model in service could not forecast");
        challengerFailed =
                meters.counter("headwater.models.challenger.failed", "Challengers dropped because they failed");
        followFailures =
                meters.counter("headwater.models.follow.failures", "Times that following the models topic failed");
        challenging(null);
    }

    private MultiGauge models(String name, String description) {
        return MultiGauge.builder(name)
                .description(description)
                .tag(Meters.NETWORK, meters.network())
                .register(meters.registry());
    }

    /// Reports the model in service, and removes the labels of the previous one.
    void serving(ServedModel model) {
        info.register(List.of(row(model)), true);
        taken.increment();
    }

    /// Reports the challenger, and removes the labels of the previous one.
    ///
    /// @param model null for none
    void challenging(@Nullable ServedModel model) {
        challenger.register(List.of(model == null ? row("", "", 0) : row(model)), true);
    }

    private static MultiGauge.Row<Number> row(ServedModel model) {
        return row(model.id(), model.artefact(), 1);
    }

    private static MultiGauge.Row<Number> row(String model, String artefact, int value) {
        return MultiGauge.Row.of(Tags.of("model", model, "artefact", artefact), value);
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
