package dev.headwater.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RestartBudgetTest {

    @Test
    void neverGivesMoreThanTheBoundWithinAnySpan() {
        // Given
        long seed = 5;
        Random random = new Random(seed);
        AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000); // nanoTime may overflow
        long start = now.get();
        RestartBudget budget = new RestartBudget(5, Duration.ofNanos(600), now::get);
        List<Long> given = new ArrayList<>(); // nanoseconds since the start

        for (int i = 0; i < 1_000; i++) {
            // When
            now.addAndGet(random.nextInt(200));
            long at = now.get() - start;
            boolean expected = given.stream().filter(time -> at - time < 600).count() < 5;
            boolean got = budget.take();

            // Then
            assertThat(got).as("seed %d, step %d", seed, i).isEqualTo(expected);
            if (got) {
                given.add(at);
            }
        }
        assertThat(given).hasSizeBetween(100, 999);
    }
}
