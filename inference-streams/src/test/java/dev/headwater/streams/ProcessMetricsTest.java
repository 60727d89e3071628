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
        await().until(() -> {
            System.gc();
            return pauses(watched) > 0;
        });
    }

    @Test
    void garbageCollectionIsNoLongerListenedToOnceClosed() {
        // Given
        MeterRegistry registry = new SimpleMeterRegistry();
        try (ProcessMetrics open = ProcessMetrics.bind(registry)) {
            collect(registry);
            assertThat(open).isNotNull();
        }
        long before = pauses(registry);

        // When: a listener that came later, and so is told later, hears of a collection
        MeterRegistry later = new SimpleMeterRegistry();
        try (ProcessMetrics open = ProcessMetrics.bind(later)) {
            collect(later);
            assertThat(open).isNotNull();
        }

        // Then
        assertThat(pauses(registry)).isEqualTo(before);
    }
}
