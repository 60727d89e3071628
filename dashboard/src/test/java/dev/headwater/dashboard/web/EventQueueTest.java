package dev.headwater.dashboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class EventQueueTest {

    private static final Duration SHORT = Duration.ofMillis(5);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final EventQueue queue = new EventQueue();

    @Test
    void beginsWithASnapshotThenPassesEventsInOrder() throws InterruptedException {
        // Given events before the snapshot is made: it contains them
        queue.offer(EventQueue.Event.of("delta", "0"));
        assertThat(queue.take(SHORT)).isSameAs(EventQueue.SNAPSHOT);
        assertThat(queue.take(SHORT)).isSameAs(EventQueue.NOTHING);

        // When
        EventQueue.Event first = EventQueue.Event.of("delta", "1");
        EventQueue.Event second = EventQueue.Event.of("delta", "2");
        queue.offer(first);
        queue.offer(second);

        // Then
        assertThat(new String(first.text(), StandardCharsets.UTF_8)).isEqualTo("event: delta\ndata: 1\n\n");
        assertThat(queue.take(SHORT)).isSameAs(first);
        assertThat(queue.take(SHORT)).isSameAs(second);
        assertThat(queue.take(SHORT)).isSameAs(EventQueue.NOTHING);
    }

    @Test
    void aSlowPageIsDroppedToASnapshot() throws InterruptedException {
        // Given a page that takes nothing
        queue.take(SHORT);

        // When more events come than wait for it, many or large ones
        for (String data : new String[] {"x", "x".repeat(1 << 20)}) {
            for (int i = 0; i < 1_000; i++) {
                queue.offer(EventQueue.Event.of("delta", data));
            }

            // Then it begins again
            EventQueue.Event event = queue.take(SHORT);
            while (event != EventQueue.SNAPSHOT) {
                assertThat(event).isNotSameAs(EventQueue.NOTHING);
                event = queue.take(SHORT);
            }
            assertThat(queue.take(SHORT)).isSameAs(EventQueue.NOTHING);
        }
    }

    @Test
    @Timeout(20)
    void wakesAWaitingPage() throws Exception {
        // Given
        queue.take(SHORT);
        CompletableFuture<EventQueue.Event> waiting = CompletableFuture.supplyAsync(this::take);

        // When
        queue.end();

        // Then
        assertThat(waiting.get()).isNull();
    }

    private EventQueue.Event take() {
        try {
            return queue.take(LONG);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
