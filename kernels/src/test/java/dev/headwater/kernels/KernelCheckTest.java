package dev.headwater.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class KernelCheckTest {

    @Test
    void comparesWithWhatThePlainNetworkGives() {
        // Given
        double[] parameters = PlainGru.toDouble(KernelCheck.parameters());

        // When
        double[] plain = PlainGru.forecast(KernelCheck.SHAPE, parameters, KernelCheck.row(), 0);

        // Then
        assertThat(KernelCheck.PLAIN).containsExactly(plain, within(1e-9));
        assertThat(KernelCheck.PLAIN).doesNotHaveDuplicates();
        assertThat(KernelCheck.run().agrees()).isTrue();
    }

    @Test
    void findsAKernelThatComputesSomethingElse() {
        // Then
        assertThat(new KernelCheck(8, 1e-3).agrees()).isFalse();
        assertThat(new KernelCheck(8, Double.POSITIVE_INFINITY).agrees()).isFalse();
    }
}
