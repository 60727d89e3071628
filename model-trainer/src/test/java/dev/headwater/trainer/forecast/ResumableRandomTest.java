package dev.headwater.trainer.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResumableRandomTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 42, -1, Long.MIN_VALUE, Long.MAX_VALUE})
    void givesTheNumbersOfSplittableRandom(long seed) {
        // Given both generators with a seed
        SplittableRandom expected = new SplittableRandom(seed);
        ResumableRandom random = new ResumableRandom(seed);
        for (int i = 1; i < 2000; i++) {
            // When numbers of all kinds are drawn, by a generator that is restored from its state now and then
            random = i % 7 == 0 ? new ResumableRandom(random.state()) : random;
            // Then they are the same
            assertThat(random.nextInt()).isEqualTo(expected.nextInt());
            assertThat(random.nextInt(i)).isEqualTo(expected.nextInt(i));
            assertThat(random.nextDouble()).isEqualTo(expected.nextDouble());
            assertThat(random.nextLong()).isEqualTo(expected.nextLong());
        }
    }
}
