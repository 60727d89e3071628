package dev.headwater.streams;

import dev.headwater.bus.ModelAssembly;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.Printable;
import dev.headwater.forecasting.network.SensorNetwork;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The model that forecasts in the shadow of the one in service: the newest under the challenger's key, unless
/// it is refused, has failed, or is the model in service itself. One thread offers and chooses; any thread may
/// call the other methods.
final class Challenger {

    private static final Logger LOG = LoggerFactory.getLogger(Challenger.class);

    private final SensorNetwork network;
    private final ModelMetrics metrics;
    private final AtomicReference<@Nullable ServedModel> model = new AtomicReference<>();
    private ModelAssembly.@Nullable Arrival newest;

    Challenger(SensorNetwork network, ModelMetrics metrics) {
        this.network = network;
        this.metrics = metrics;
    }

    /// Adds what has arrived under the challenger's key.
    void offer(ModelAssembly.Arrival arrival) {
        newest = arrival;
    }

    /// Drops the offer that has not been read.
    void forgetOffers() {
        newest = null;
    }

    /// Takes the newest offer, and ends the challenger that has become the model in service.
    ///
    /// @param champion the model in service; null when there is none yet
    void choose(@Nullable ServedModel champion) {
        ModelAssembly.Arrival arrival = newest;
        newest = null;
        if (arrival != null) {
            replace(arrival.isDeletion() ? null : read(arrival), arrival.source());
        }
        ServedModel now = model.get();
        if (now != null && champion != null && now.artefact().equals(champion.artefact())) {
            replace(null, "it serves");
        }
    }

    private @Nullable ServedModel read(ModelAssembly.Arrival arrival) {
        try {
            return ServedModel.read(arrival.artefact(), network);
        } catch (InvalidInputException e) {
            refuse(String.valueOf(e.getMessage()));
        } catch (OutOfMemoryError e) {
            refuse(arrival.source() + ": takes more memory than there is");
        }
        return null;
    }

    private void refuse(String why) {
        metrics.refused.increment();
        LOG.warn("network {}: challenger refused: {}", network.name(), why);
    }

    private void replace(@Nullable ServedModel next, String source) {
        ServedModel before = model.getAndSet(next);
        metrics.challenging(next);
        if (next != null) {
            LOG.info("network {}: {} of {} forecasts in the shadow", network.name(), next.label(), source);
        } else if (before != null) {
            LOG.info("network {}: {} no longer forecasts in the shadow: {}", network.name(), before.label(), source);
        }
    }

    /// Ends a challenger that could not forecast; does nothing when another one has replaced it.
    void failed(ServedModel failing, RuntimeException cause) {
        if (model.compareAndSet(failing, null)) {
            metrics.challengerFailed.increment();
            metrics.challenging(null);
            LOG.error(
                    "network {}: challenger {} failed and is dropped: {}",
                    network.name(),
                    failing.label(),
                    Printable.line(cause.toString()));
        }
    }

    /// Null for none.
    @Nullable
    ServedModel get() {
        return model.get();
    }
}
