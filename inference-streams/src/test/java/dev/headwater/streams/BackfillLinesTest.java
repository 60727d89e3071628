package dev.headwater.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BackfillLinesTest {

    private final AtomicLong records = new AtomicLong();
    private final AtomicLong remaining = new AtomicLong();
    private final AtomicLong nanos = new AtomicLong();
    private final List<String> said = new ArrayList<>();

    private BackfillLines lines(PastPolicy policy) {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        registry.gauge(StreamMetrics.PAST, records);
        registry.gauge(StreamMetrics.PAST_REMAINING, remaining);
        return new BackfillLines(policy, registry, nanos::get, said::add);
    }

    private void look(BackfillLines lines, long all, long left, Duration later) {
        records.set(all);
        remaining.set(left);
        nanos.addAndGet(later.toNanos());
        lines.look();
    }

    @Test
    void saysHowFarItHasComeEveryFewSecondsAndWhenItIsLive() {
        // Given
        BackfillLines lines = lines(PastPolicy.WARM);

        // When
        look(lines, 1000, 1000, Duration.ZERO);
        look(lines, 1000, 900, Duration.ofSeconds(1));
        look(lines, 1000, 400, Duration.ofSeconds(4));
        look(lines, 1000, 1, Duration.ofSeconds(4));
        look(lines, 1000, 0, Duration.ofSeconds(1));
        look(lines, 1000, 0, Duration.ofHours(1));

        // Then
        assertThat(said)
                .containsExactly(
                        "the past: 1000 readings on the topic before the first start, 1000 readings remain; they"
                                + " only warm the state",
                        "60 % of the past is taken in, 400 readings remain",
                        "the past is taken in, 1000 readings, 10.0 s since this start; live from here on");
    }

    @Test
    void aStreamWithoutAPastSaysNothing() {
        // When
        look(lines(PastPolicy.ISSUE), 0, 0, Duration.ZERO);

        // Then
        assertThat(said).isEmpty();
    }
}
