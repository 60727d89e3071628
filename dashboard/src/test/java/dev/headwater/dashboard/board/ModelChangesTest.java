package dev.headwater.dashboard.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.forecasting.Forecast;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelChangesTest {

    private final ModelChanges changes = new ModelChanges();

    @Test
    void seesASwapOnceAlthoughPartitionsAreNotInStep() {
        // Given one partition that has swapped, and one that still issues with the former model
        assertThat(take(10, "a@1")).isTrue();
        assertThat(take(11, "a@1")).isFalse();
        assertThat(take(12, "a@2")).isTrue();
        assertThat(take(11, "a@1")).isFalse();
        assertThat(take(12, "a@1")).isFalse();
        assertThat(take(13, "a@2")).isFalse();

        // When it is rolled back later
        assertThat(take(20, "a@1")).isTrue();

        // Then
        assertThat(changes.list()).extracting(ModelChanges.Change::id).containsExactly("a@1", "a@2", "a@1");
        assertThat(changes.list()).extracting(ModelChanges.Change::time).containsExactly(10L, 12L, 20L);
    }

    private boolean take(long time, String model) {
        return changes.take(new Forecast("s", time, new float[0], List.of(), 0, 12, model, "", false));
    }
}
