package dev.headwater.streams;

import static dev.headwater.streams.StreamFixture.NETWORK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.network.NetworkBuilder;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.WindowSpec;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SensorStateTest {

    @Test
    void whatIsWrittenIsReadBack() {
        // Given
        SensorState state = new SensorState(NETWORK, null);
        for (int slot = 10; slot < 15; slot++) {
            state.window().add(slot, new float[] {slot});
        }
        state.read(77);
        state.addPending(14);
        state.addPending(12);

        // When
        SensorState read = SensorState.read(NETWORK, null, state.write());

        // Then
        assertThat(read.pending()).containsExactly(12, 14);
        assertThat(read.contains(77, 14)).isTrue();
        assertThat(read.contains(78, 14)).isFalse();
        assertThat(read.contains(77, 15)).isFalse();
        assertThat(read.window().newest()).isEqualTo(14);
        assertThat(read.window().value(13, 0)).isEqualTo(13);
        assertThat(read.window().opened(11)).isTrue();
    }

    @Test
    void pendingSlotsBehaveLikeASortedSet() {
        // Given
        long seed = 42;
        Random random = new Random(seed);
        SensorState state = new SensorState(NETWORK, null);
        TreeSet<Long> oracle = new TreeSet<>();

        // When
        for (int i = 0; i < 2_000; i++) {
            long slot = random.nextInt(20);
            if (random.nextBoolean()) {
                state.addPending(slot);
                oracle.add(slot);
            } else {
                state.acknowledge(slot);
                oracle.remove(slot);
            }

            // Then
            assertThat(state.pending())
                    .as("seed %d, step %d", seed, i)
                    .containsExactly(oracle.stream().mapToLong(Long::longValue).toArray());
        }
    }

    @Test
    void stateOfAnotherWindowIsRefused() {
        // Given
        SensorNetwork other =
                NetworkBuilder.like(NETWORK).window(new WindowSpec(5, 2)).build();

        // When
        byte[] written = new SensorState(NETWORK, null).write();

        // Then
        assertThatThrownBy(() -> SensorState.read(other, null, written)).hasMessageContaining("another window");
    }
}
