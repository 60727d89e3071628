package dev.headwater.dashboard.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Events that wait for one page. A page that is slower than the events gets a snapshot instead of those that it
/// missed, so the memory is bounded and the sender never waits. Thread-safe.
final class EventQueue {

    static final Event SNAPSHOT = new Event(new byte[0]);
    static final Event NOTHING = new Event(new byte[0]);

    private static final int MAX_EVENTS = 400;
    private static final int MAX_BYTES = 4 << 20;

    private final Deque<Event> waiting = new ArrayDeque<>();
    private int bytes;
    private boolean ended;

    /// An event as it is sent. Its text is encoded once, for all pages.
    ///
    /// @param text all of its lines
    record Event(byte[] text) {

        /// @param data a JSON object, of one line
        static Event of(String name, String data) {
            return new Event(("event: " + name + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    EventQueue() {
        waiting.add(SNAPSHOT);
    }

    synchronized void offer(Event event) {
        if (waiting.peekFirst() == SNAPSHOT) {
            return; // the snapshot, made when it is sent, contains the event
        }
        if (waiting.size() >= MAX_EVENTS || bytes + event.text.length > MAX_BYTES) {
            restart();
        } else {
            waiting.addLast(event);
            bytes += event.text.length;
            notifyAll();
        }
    }

    /// Drops what waits; the page begins again with a snapshot.
    synchronized void restart() {
        waiting.clear();
        bytes = 0;
        waiting.add(SNAPSHOT);
        notifyAll();
    }

    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /// Waits for the next event: [#SNAPSHOT] when a snapshot is due, [#NOTHING] when none has come for so long.
    ///
    /// @return null once the queue has ended
    synchronized @Nullable Event take(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (!ended && waiting.isEmpty()) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                return NOTHING;
            }
            wait(left);
        }
        if (ended) {
            return null;
        }
        Event event = waiting.removeFirst();
        bytes -= event.text.length;
        return event;
    }
}
