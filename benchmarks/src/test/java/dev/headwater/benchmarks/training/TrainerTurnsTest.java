package dev.headwater.benchmarks.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainerTurnsTest {

    private static final int BATCH = 100;

    /// A peer of a known speed that notes when it was asked.
    private record Steady(List<String> events) implements TrainingPeer {

        @Override
        public String name() {
            return "steady";
        }

        @Override
        public double gradientDifference() {
            return 0;
        }

        @Override
        public double train(double seconds) {
            events.add("peer");
            return 7;
        }

        @Override
        public void close() {
            // holds nothing
        }
    }

    @Test
    void everySecondUpdateCountsWhenATurnIsOne() {
        // Given turns that end with the first update that counts
        List<String> events = new ArrayList<>();
        TrainerTurns turns = new TrainerTurns(List.of(new Steady(events)), 2, 0, 0);
        turns.epochStarted(1, 1, 10 * BATCH);

        // When
        assertThatThrownBy(() -> {
                    for (int update = 1; update <= 10; update++) {
                        events.add("update");
                        turns.batch((long) update * BATCH, 1);
                    }
                })
                .isInstanceOf(TrainerTurns.Over.class);

        // Then
        assertThat(events).containsExactly("update", "update", "peer", "update", "update", "peer");
        assertThat(turns.figures()).hasSize(2);
        assertThat(turns.figures().get(1).byTurn()).containsExactly(7, 7);
        assertThat(turns.figures().getFirst().min()).isPositive();
    }

    @Test
    void aValidationInBetweenDoesNotCount() {
        // Given a turn that has begun
        TrainerTurns turns = new TrainerTurns(List.of(), 1, 0, 0);
        turns.epochStarted(1, 2, BATCH);
        turns.batch(BATCH, 1);

        // When the next epoch begins, its first update only starts the clock
        turns.epochStarted(2, 2, BATCH);
        turns.batch(BATCH, 1);

        // Then
        assertThat(turns.figures().getFirst().byTurn()).isEmpty();
    }

    @Test
    void theWarmUpIsNoTurn() {
        // Given a warm-up that is over at once
        List<String> events = new ArrayList<>();
        TrainerTurns turns = new TrainerTurns(List.of(new Steady(events)), 1, 1e-9, 0);

        // When the update that ends it has come
        turns.batch(BATCH, 1);
        turns.batch(2 * BATCH, 1);

        // Then the peer has warmed up too, and no turn is over
        assertThat(events).containsExactly("peer");
        assertThat(turns.figures().getFirst().byTurn()).isEmpty();
    }
}
