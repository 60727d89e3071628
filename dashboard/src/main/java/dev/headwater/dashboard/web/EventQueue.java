package dev.headwater.dashboard.web;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Events that wait for one page. A page that is slower than the events gets a snapshot instead of those that it
/// missed, so the memory is bounded and the sender never waits. Thread-safe.
final class EventQueue {

    static final Event SNAPSHOT = new Event("snapshot", "");
    static final Event NOTHING = new Event("", "");

    private static final int MAX_EVENTS = 400;
    private static final int MAX_CHARS = 4 << 20;

    private final Deque<Event> waiting = new ArrayDeque<>();
    private int chars;
    private boolean ended;

    /// @param name of the event
    /// @param data a JSON object
    record Event(String name, String data) {}

    EventQueue() {
        waiting.add(SNAPSHOT);
    }

    synchronized void offer(Event event) {
        if (waiting.peekFirst() == SNAPSHOT) {
            return; // the snapshot, made when it is sent, contains the event
        }
        if (waiting.size() >= MAX_EVENTS || chars + event.data.length() > MAX_CHARS) {
            restart();
        } else {
            waiting.addLast(event);
            chars += event.data.length();
            notifyAll();
        }
    }

    /// Drops what waits; the page begins again with a snapshot.
    synchronized void restart() {
        waiting.clear();
        chars = 0;
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
        chars -= event.data.length();
        return event;
    }
}
