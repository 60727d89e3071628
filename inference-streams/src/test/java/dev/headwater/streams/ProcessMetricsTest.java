package dev.headwater.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class ProcessMetricsTest {

    private static long pauses(MeterRegistry registry) {
        return registry.find("jvm.gc.pause").timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }

    private static void collect(MeterRegistry watched) {
        long before = pauses(watched);
        await().until(() -> {
            System.gc();
            return pauses(watched) > before;
        });
    }

    @Test
    void garbageCollectionIsNoLongerListenedToOnceClosed() {
        // Given a closed instance and a later one, which is notified after it: once the later one has seen a
        // collection, the closed one gets no more notifications
        MeterRegistry registry = new SimpleMeterRegistry();
        try (ProcessMetrics open = ProcessMetrics.bind(registry)) {
            collect(registry);
            assertThat(open).isNotNull();
        }
        MeterRegistry later = new SimpleMeterRegistry();
        try (ProcessMetrics open = ProcessMetrics.bind(later)) {
            collect(later);
            long before = pauses(registry);

            // When there are more collections
            collect(later);

            // Then
            assertThat(pauses(registry)).isEqualTo(before);
            assertThat(open).isNotNull();
        }
    }
}
