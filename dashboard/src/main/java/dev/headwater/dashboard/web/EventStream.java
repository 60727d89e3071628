package dev.headwater.dashboard.web;

import io.javalin.http.sse.SseClient;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;

/// Sends the events of a network to pages, each on the thread of its request.
final class EventStream {

    private static final int MAX_CLIENTS = 200; // of a network
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    /// Returns when the page is closed, or the server ends.
    void send(SseClient client, NetworkService network) {
        EventHub hub = network.hub();
        if (hub.clients() >= MAX_CLIENTS) {
            client.sendEvent("full", "{\"error\":\"clients: must be at most " + MAX_CLIENTS + "\"}");
            return;
        }
        EventQueue queue = new EventQueue();
        hub.add(queue);
        try {
            pass(queue, client, network);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            hub.remove(queue);
        }
    }

    private static void pass(EventQueue queue, SseClient client, NetworkService network) throws InterruptedException {
        EventQueue.Event event = queue.take(HEARTBEAT);
        while (event != null && !client.terminated()) {
            if (event == EventQueue.NOTHING) {
                client.sendComment("still here"); // a page that is gone is found by writing to it
            } else if (!write(client, event == EventQueue.SNAPSHOT ? network.snapshot() : event)) {
                return;
            }
            event = queue.take(HEARTBEAT);
        }
    }

    /// Writes the bytes as they are: `SseClient.sendEvent` copies a text several times for each page.
    ///
    /// @return whether the page was still there
    private static boolean write(SseClient client, EventQueue.Event event) {
        HttpServletResponse response = client.ctx().res();
        try {
            response.getOutputStream().write(event.text());
            response.flushBuffer();
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
