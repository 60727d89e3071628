package dev.headwater.dashboard.web;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The pages that listen to a network. Thread-safe.
final class EventHub {

    private final Set<EventQueue> queues = ConcurrentHashMap.newKeySet();

    void add(EventQueue queue) {
        queues.add(queue);
    }

    void remove(EventQueue queue) {
        queues.remove(queue);
    }

    int clients() {
        return queues.size();
    }

    /// Queues an event for all pages; waits for none of them.
    ///
    /// @param data a JSON object
    void broadcast(String name, String data) {
        EventQueue.Event event = EventQueue.Event.of(name, data);
        queues.forEach(queue -> queue.offer(event));
    }

    /// Has all pages begin again with a snapshot.
    void restart() {
        queues.forEach(EventQueue::restart);
    }

    void close() {
        queues.forEach(EventQueue::end);
    }
}
