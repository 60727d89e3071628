package dev.headwater.trainer.service;

import dev.headwater.bus.TopicTail;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.Printable;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Waits for drift events of the network. The first one determines when a training begins; those until then
/// change nothing. Events that came while no service ran are taken when one starts. Not thread-safe.
final class DriftWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DriftWatch.class);
    private static final Duration PAUSE = Duration.ofSeconds(5); // before the topic is asked for again

    private final ServiceSettings settings;
    private final String topic;
    private @Nullable TopicTail tail;
    private Instant next = Instant.MIN;
    private TopicTail.Begin begin = TopicTail.Begin.NEWEST; // what came before the service was first started is past

    DriftWatch(ServiceSettings settings) {
        this.settings = settings;
        this.topic = Topics.of(settings.network()).drift();
    }

    /// Takes the events that have come.
    ///
    /// @return the state with them; empty when nothing changed
    Optional<ServiceState> look(ServiceState state, Instant now) {
        Duration after = settings.afterDrift();
        if (after == null || now.isBefore(next)) {
            return Optional.empty();
        }
        try {
            return tail(state.driftSeen(), now).flatMap(open -> poll(open, state, now.plus(after)));
        } catch (RuntimeException e) { // Kafka is gone: trainings by the clock and by request go on
            LOG.warn("topic {} cannot be read, trying on: {}", topic, Printable.line(String.valueOf(e.getMessage())));
            close();
            next = now.plus(PAUSE);
            return Optional.empty();
        }
    }

    private Optional<TopicTail> tail(Map<Integer, Long> seen, Instant now) {
        if (tail == null) {
            tail = TopicTail.open(settings.client(), topic, seen, begin).orElse(null);
            if (tail == null) {
                begin = TopicTail.Begin.OLDEST; // whatever will be on it is new
                next = now.plus(PAUSE);
            }
        }
        return Optional.ofNullable(tail);
    }

    private Optional<ServiceState> poll(TopicTail open, ServiceState state, Instant due) {
        int[] events = {0};
        open.poll(event -> events[0]++);
        Map<Integer, Long> offsets = open.offsets();
        if (offsets.equals(state.driftSeen())) {
            return Optional.empty();
        }
        boolean first = events[0] > 0 && state.driftDue() == null;
        if (first) {
            LOG.info(
                    "network {}: drift; a training begins at {}",
                    settings.network().name(),
                    due);
        }
        return Optional.of(state.withDrift(offsets, first ? due.toString() : state.driftDue()));
    }

    @Override
    public void close() {
        if (tail != null) {
            tail.close();
            tail = null;
        }
    }
}
