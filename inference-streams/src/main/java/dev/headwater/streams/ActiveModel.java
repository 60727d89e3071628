package dev.headwater.streams;

import dev.headwater.bus.Topics;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.Network;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The model in service, and the rule by which another takes its place: the newest artefact that is sound and fits.
/// One thread offers and settles, any thread asks.
final class ActiveModel implements Supplier<ServedModel> {

    private static final Logger LOG = LoggerFactory.getLogger(ActiveModel.class);
    private static final int MOST_WAITING = 8; // artefacts of up to 16 MiB each

    private final Network network;
    private final StreamMetrics.Models metrics;
    private final Deque<Offer> waiting = new ArrayDeque<>(); // newest first
    private final AtomicReference<@Nullable ServedModel> active = new AtomicReference<>();

    /// An artefact as it came, not looked at yet.
    private record Offer(long offset, byte @Nullable [] artefact) {}

    /// @param starting serves until the topic has something; null when there is none
    ActiveModel(Network network, @Nullable ServedModel starting, StreamMetrics.Models metrics) {
        this.network = network;
        this.metrics = metrics;
        if (starting != null) {
            serve(starting);
        }
    }

    /// A record of the models topic; those of other networks are none of our affair. Nothing changes before
    /// [#settle()]: what a newer record replaces need not be unpacked, and must not serve for a moment.
    void offer(@Nullable String key, long offset, byte @Nullable [] artefact) {
        if (!network.name().equals(key)) {
            return;
        }
        waiting.addFirst(new Offer(offset, artefact));
        if (waiting.size() > MOST_WAITING) {
            waiting.removeLast();
        }
    }

    /// All that is on the topic was offered: the newest that is sound takes over, those after it are refused. When none
    /// is, the model in service goes on.
    void settle() {
        boolean settled = false;
        while (!settled && !waiting.isEmpty()) {
            settled = accept(waiting.removeFirst());
        }
        waiting.clear();
    }

    private boolean accept(Offer offer) {
        String source = Topics.MODELS + " offset " + offer.offset;
        try {
            if (offer.artefact == null) {
                throw new InvalidInputException(source + ": a deletion, no model");
            }
            ServedModel found = ServedModel.read(offer.artefact, network, source);
            ServedModel before = active.get();
            serve(found);
            LOG.info("network {}: {} of {} serves {}", network.name(), found.id(), source, insteadOf(before));
            return true;
        } catch (InvalidInputException e) {
            metrics.refused();
            LOG.warn("network {}: model refused, {}: {}", network.name(), whatGoesOn(), e.getMessage());
            return false;
        }
    }

    private void serve(ServedModel model) {
        active.set(model);
        metrics.serving(model.id());
    }

    private static String insteadOf(@Nullable ServedModel before) {
        return before == null ? "from now on" : "instead of " + before.id();
    }

    private String whatGoesOn() {
        ServedModel now = active.get();
        return now == null ? "still none in service" : now.id() + " goes on";
    }

    /// True once there is a model.
    boolean isPresent() {
        return active.get() != null;
    }

    /// @throws IllegalStateException when there is none yet
    @Override
    public ServedModel get() {
        ServedModel model = active.get();
        if (model == null) {
            throw new IllegalStateException("network " + network.name() + ": no model yet");
        }
        return model;
    }
}
