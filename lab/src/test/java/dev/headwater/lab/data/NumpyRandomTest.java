package dev.headwater.lab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/// Against numpy itself.
class NumpyRandomTest {

    @Test
    void drawsTheNormalNumbersOfRandn() {
        // Given RandomState(42).randn(1461)
        NumpyRandom random = new NumpyRandom(42);
        double[] drawn =
                DoubleStream.generate(random::nextGaussian).limit(1_461).toArray();
        // Then
        assertThat(new double[] {drawn[0], drawn[1], drawn[2], drawn[3], drawn[4], drawn[700], drawn[1_460]})
                .containsExactly(
                        new double[] {
                            0.49671415, -0.1382643, 0.64768854, 1.52302986, -0.23415337, -0.52272302, -0.13845598
                        },
                        within(1e-8));
    }

    @Test
    void drawsTheNumbersOfRandBeyondTheFirstState() {
        // Given RandomState(7).rand(2003)
        NumpyRandom random = new NumpyRandom(7);
        double[] drawn = DoubleStream.generate(random::nextDouble).limit(2_003).toArray();
        // Then
        assertThat(new double[] {drawn[0], drawn[1], drawn[2], drawn[2_002]})
                .containsExactly(new double[] {0.07630829, 0.77991879, 0.43840923, 0.74370991}, within(1e-8));
    }
}
