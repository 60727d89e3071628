package dev.headwater.trainer.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class PatienceTest {

    private static final int ATTEMPTS = 30;

    /// Gives its number of calls from the given one on.
    private static Supplier<Integer> failingUntil(int call, AtomicInteger calls) {
        return () -> {
            if (calls.incrementAndGet() < call) {
                throw new InvalidInputException("no Kafka broker answers");
            }
            return calls.get();
        };
    }

    @Test
    void triesUntilItAnswers() {
        // Given
        Patience patience = new Patience(pause -> false);

        // Then
        for (int call : new int[] {1, 2, ATTEMPTS}) {
            assertThat(patience.get(failingUntil(call, new AtomicInteger()))).isEqualTo(call);
        }
    }

    @Test
    void givesUpAtLast() {
        // Given
        AtomicInteger calls = new AtomicInteger();

        // Then
        assertThatThrownBy(() -> new Patience(pause -> false).get(failingUntil(ATTEMPTS + 1, calls)))
                .isInstanceOf(InvalidInputException.class);
        assertThat(calls).hasValue(ATTEMPTS);
    }

    @Test
    void endsWhenTheServiceStops() {
        // Given
        AtomicInteger calls = new AtomicInteger();

        // Then
        assertThatThrownBy(() -> new Patience(pause -> calls.get() == 3).get(failingUntil(9, calls)))
                .isInstanceOf(Progress.StoppedException.class);
        assertThat(calls).hasValue(3);
    }
}
