package dev.headwater.streams;

import dev.headwater.bus.ModelAssembly;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.Printable;
import dev.headwater.forecasting.network.SensorNetwork;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The model in service, and its challenger. The newest artefact that is sound and fits the network replaces
/// it. The previous model replaces one that fails in service. One thread offers and chooses; any thread may
/// call the other methods.
final class ActiveModel implements ModelSource {

    private static final Logger LOG = LoggerFactory.getLogger(ActiveModel.class);
    private static final int MAX_WAITING = 8;
    private static final long MAX_WAITING_BYTES = 256 << 20; // of more than two

    private final SensorNetwork network;
    private final ModelMetrics metrics;
    private final Deque<ModelAssembly.Arrival> waiting = new ArrayDeque<>(); // newest first
    private final AtomicReference<@Nullable Standing> active = new AtomicReference<>();
    private final Challenger challenger;

    /// @param now    the model in service
    /// @param before the model it replaced; null when there was none or that one has failed
    /// @param failed true when the model in service has failed and there is no other
    private record Standing(ServedModel now, @Nullable ServedModel before, boolean failed) {}

    /// @param starting serves until the topic has a model; null for none
    ActiveModel(SensorNetwork network, @Nullable ServedModel starting, ModelMetrics metrics) {
        this.network = network;
        this.metrics = metrics;
        this.challenger = new Challenger(network, metrics);
        if (starting != null) {
            serve(starting);
        }
    }

    /// Adds what has arrived on the models topic. The model in service changes only in [#choose()], so that an
    /// artefact with a newer successor is neither unpacked nor served.
    void offer(ModelAssembly.Arrival arrival) {
        waiting.addFirst(arrival);
        while (waiting.size() > MAX_WAITING || (waiting.size() > 2 && waitingBytes() > MAX_WAITING_BYTES)) {
            waiting.removeLast();
        }
    }

    /// As [#offer], for what has arrived under the challenger's key.
    void offerChallenger(ModelAssembly.Arrival arrival) {
        challenger.offer(arrival);
    }

    private long waitingBytes() {
        return waiting.stream().mapToLong(ModelAssembly.Arrival::size).sum();
    }

    /// Takes the newest sound offer into service; without one the model in service stays.
    void choose() {
        boolean chosen = false;
        while (!chosen && !waiting.isEmpty()) {
            chosen = accept(waiting.removeFirst());
        }
        waiting.clear();
        Standing standing = active.get();
        challenger.choose(standing == null ? null : standing.now);
    }

    private boolean accept(ModelAssembly.Arrival arrival) {
        ServedModel found = read(arrival);
        if (found == null) {
            return false;
        }
        Standing standing = active.get();
        serve(found);
        String instead = standing == null ? "from now on" : "instead of " + standing.now.label();
        LOG.info("network {}: {} of {} serves {}", network.name(), found.label(), arrival.source(), instead);
        return true;
    }

    /// @return null when it was refused
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
        LOG.warn("network {}: model refused, {}: {}", network.name(), whatGoesOn(), why);
    }

    /// A failed model is not kept as the previous one.
    private void serve(ServedModel model) {
        metrics.serving(model);
        active.updateAndGet(standing -> {
            ServedModel before = standing == null ? null : standing.failed ? standing.before : standing.now;
            return new Standing(model, before, false);
        });
    }

    /// The previous model takes over; without one the failed model stays, and its batches abstain.
    @Override
    public void failed(ServedModel model, RuntimeException cause) {
        metrics.failed.increment();
        Standing standing = active.get();
        if (standing == null || standing.now != model || standing.failed) {
            return; // another thread has reported it
        }
        ServedModel before = standing.before;
        Standing next = before == null ? new Standing(model, null, true) : new Standing(before, null, false);
        if (active.compareAndSet(standing, next)) {
            metrics.serving(next.now);
            LOG.error(
                    "network {}: {} failed in service, {}: {}",
                    network.name(),
                    model.label(),
                    before == null
                            ? "no forecasts until another one is published"
                            : before.label() + " takes over again",
                    Printable.line(cause.toString()));
        }
    }

    @Override
    public @Nullable ServedModel challenger() {
        return challenger.get();
    }

    @Override
    public void challengerFailed(ServedModel model, RuntimeException cause) {
        challenger.failed(model, cause);
    }

    /// Drops the offers that have not been read.
    void forgetOffers() {
        waiting.clear();
        challenger.forgetOffers();
    }

    private String whatGoesOn() {
        Standing standing = active.get();
        return standing == null ? "still none in service" : standing.now.label() + " goes on";
    }

    /// True once there is a model.
    boolean isPresent() {
        return active.get() != null;
    }

    /// @throws IllegalStateException when there is none yet
    @Override
    public ServedModel get() {
        Standing standing = active.get();
        if (standing == null) {
            throw new IllegalStateException("network " + network.name() + ": no model yet");
        }
        return standing.now;
    }
}
