package dev.headwater.dashboard.web;

import dev.headwater.bus.ClientConfig;
import dev.headwater.dashboard.ReplayControl;
import dev.headwater.dashboard.board.BoardJson;
import dev.headwater.dashboard.board.EventJson;
import dev.headwater.dashboard.board.JsonText;
import dev.headwater.dashboard.board.NetworkBoard;
import dev.headwater.dashboard.board.SensorJson;
import dev.headwater.dashboard.board.ValueScale;
import dev.headwater.dashboard.feed.NetworkFeed;
import dev.headwater.forecasting.network.SensorNetwork;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One network on the page: its board, the feed that fills it, and the pages that listen. Thread-safe.
final class NetworkService implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NetworkService.class);
    private static final double HEAP_SHARE = 0.7;
    private static final int SLOW_TICKS = 4;
    private static final int RARE_TICKS = 40;

    private final ReentrantLock lock = new ReentrantLock(true); // fair: a backlog must not keep pages waiting
    private final NetworkBoard board;
    private final BoardJson state;
    private final EventJson events;
    private final SensorJson sensors;
    private final EventHub hub = new EventHub();
    private final NetworkFeed feed;
    private final @Nullable ReplayControl replay;
    private @Nullable ValueScale scale;
    private EventQueue.@Nullable Event snapshot; // of this tick
    private String worst = JsonText.value(null);
    private String lastReplay = "";
    private int announced; // sensors
    private int epoch;
    private long ticks;
    private boolean heapTold;

    /// @param run tells runs of the server apart
    NetworkService(ClientConfig client, SensorNetwork network, @Nullable ReplayControl replay, String run) {
        this.board = new NetworkBoard(network);
        this.state = new BoardJson(board, run);
        this.events = new EventJson(board);
        this.sensors = new SensorJson(board);
        this.replay = replay;
        this.feed = NetworkFeed.start(client, board, lock);
    }

    SensorNetwork network() {
        return board.network();
    }

    EventHub hub() {
        return hub;
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /// Sends what has changed since the last call to the pages; called several times a second.
    void tick() {
        lock.lock();
        try {
            ticks++;
            snapshot = null;
            watchHeap();
            BitSet touched = board.takeTouched();
            Set<NetworkBoard.Topic> changed = board.takeChanged();
            if (hub.clients() == 0) {
                announced = board.sensors().size();
                epoch = board.epoch();
                return;
            }
            announceSensors();
            if (!touched.isEmpty()) {
                hub.broadcast("delta", state.delta(touched));
            }
            changed.forEach(topic -> hub.broadcast(EventJson.name(topic), events.of(topic)));
            if (ticks % SLOW_TICKS == 0) {
                hub.broadcast("health", health());
                announceReplay();
                announceScale();
            }
            if (ticks % RARE_TICKS == 0) {
                worst = events.worst();
                hub.broadcast("worst", worst);
            }
        } finally {
            lock.unlock();
        }
    }

    private void announceSensors() {
        int known = board.sensors().size();
        if (board.epoch() != epoch) {
            epoch = board.epoch();
            hub.restart();
        } else if (known > announced) {
            hub.broadcast("sensors", state.added(announced));
            announceScale();
        }
        announced = known;
    }

    /// A server that stops in the middle, for want of memory, should have said why.
    private void watchHeap() {
        long needed = (long) board.sensors().size() * board.bytesPerSensor();
        long heap = Runtime.getRuntime().maxMemory();
        if (needed > HEAP_SHARE * heap && !heapTold) {
            heapTold = true;
            LOG.warn(
                    "network {}: {} sensors take {} MiB of a heap of {} MiB: give more with JAVA_OPTS=-Xmx1g",
                    network().name(),
                    board.sensors().size(),
                    needed >> 20,
                    heap >> 20);
        }
    }

    private void announceScale() {
        ValueScale now = board.scale().orElse(null);
        if (now != null && (scale == null || scale.isFarFrom(now))) {
            scale = now;
            hub.broadcast("range", state.range(scale));
        }
    }

    private void announceReplay() {
        String now = replayState();
        if (!now.equals(lastReplay)) {
            lastReplay = now;
            hub.broadcast("replay", now);
        }
    }

    private String replayState() {
        return JsonText.value(replay == null ? null : replay.state());
    }

    private String health() {
        return events.health(System.nanoTime(), hub.clients(), feed.isAnswering());
    }

    /// Everything that a page needs to begin. Events that are queued from now on come after it. The
    /// pages that begin within a tick get the same one: no event has been sent since it was made.
    EventQueue.Event snapshot() {
        return locked(() -> {
            EventQueue.Event made = snapshot == null ? makeSnapshot() : snapshot;
            snapshot = made;
            return made;
        });
    }

    private EventQueue.Event makeSnapshot() {
        announceScale();
        worst = worst.equals(JsonText.value(null)) ? events.worst() : worst;
        Map<String, String> more = new LinkedHashMap<>();
        more.put("health", health());
        for (NetworkBoard.Topic topic : NetworkBoard.Topic.values()) {
            more.put(EventJson.name(topic), events.of(topic));
        }
        more.put("worst", worst);
        more.put("replay", replayState());
        return EventQueue.Event.of("snapshot", state.snapshot(scale, more));
    }

    String definition() {
        return locked(state::definition);
    }

    String sensorList() {
        return locked(() -> state.added(0));
    }

    /// Answers a question about the sensors.
    String ask(Function<SensorJson, String> question) {
        return locked(() -> question.apply(sensors));
    }

    boolean knows(String sensor) {
        return locked(() -> board.knows(sensor));
    }

    /// A model card; null when the model is not on the models topic.
    @Nullable
    String card(String artefact) {
        return locked(() -> board.card(artefact).orElse(null));
    }

    @Override
    public void close() {
        hub.close();
        feed.close();
        board.close();
    }
}
