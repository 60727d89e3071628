package dev.headwater.trainer.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.forecasting.evaluation.ChronologicalSplit.Range;
import dev.headwater.forecasting.network.WindowSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidationHalvesTest {

    @ParameterizedTest
    @CsvSource({"100, 1, 12, 1", "1001, 12, 12, 12", "60, 5, 3, 4"})
    void theyShareNoTruth(int count, int stride, int horizon, int horizonStride) {
        // Given
        WindowSpec window = new WindowSpec(6, horizon, stride, horizonStride);

        // When
        ValidationHalves halves = ValidationHalves.of(new Range(40, count), window);

        // Then: the last truth of the first half lies before the first one of the second
        int lastTruth = halves.choosing().end() - 1 + window.lead(horizon);
        int firstTruth = halves.fitting().first() + window.lead(1);
        assertThat(halves.areApart()).isTrue();
        assertThat(lastTruth).isLessThan(firstTruth);
        assertThat(halves.choosing().first()).isEqualTo(40);
        assertThat(halves.fitting().end()).isEqualTo(40 + count);
    }

    @Test
    void aShortPartServesBoth() {
        // Given
        Range part = new Range(7, 30);

        // When
        ValidationHalves halves = ValidationHalves.of(part, new WindowSpec(12, 12));

        // Then
        assertThat(halves.areApart()).isFalse();
        assertThat(halves.fitting()).isEqualTo(part);
    }
}
