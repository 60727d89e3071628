package dev.headwater.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RatiosTest {

    private static BenchRow row(double ratio) {
        BenchRow.Peer peer = new BenchRow.Peer("peer", 1, ratio, ratio, ratio);
        return new BenchRow("row", ratio, ratio, ratio, "windows/s", peer, Map.of());
    }

    @ParameterizedTest
    @CsvSource({"5.00, false", "4.01, false", "3.99, true", "NaN, true"})
    void aRatioFallsBelowFourFifths(double now, boolean falls) {
        // Given
        Ratios before = new Ratios(Map.of("row / peer", 5.0));

        // When
        List<Ratios.Fall> fallen = before.fallen(List.of(row(now)));

        // Then
        assertThat(fallen).hasSize(falls ? 1 : 0);
    }

    @Test
    void rowsThatAreNewOrHaveNoPeerCannotFall() {
        // Given
        Ratios before = new Ratios(Map.of("other / peer", 5.0));
        BenchRow alone = new BenchRow("other", 1, 1, 1, "ms", null, Map.of());

        // When / Then
        assertThat(before.fallen(List.of(row(1), alone))).isEmpty();
    }
}
