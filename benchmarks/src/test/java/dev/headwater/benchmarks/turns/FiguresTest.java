package dev.headwater.benchmarks.turns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.cli.bench.BenchRow;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FiguresTest {

    @Test
    void aRatioIsTheMedianOfThoseOfTheTurns() {
        // Given turns of which the second was slow for both
        Figures ours = new Figures(new double[] {400, 100, 390});
        Figures theirs = new Figures(new double[] {100, 50, 130});

        // When
        BenchRow row = ours.row("row", "windows/s", "peer", theirs, Map.of());

        // Then it is not that of the medians, 3.9
        BenchRow.Peer peer = Objects.requireNonNull(row.peer());
        assertThat(row.value()).isEqualTo(390);
        assertThat(row.min()).isEqualTo(100);
        assertThat(row.max()).isEqualTo(400);
        assertThat(peer.value()).isEqualTo(100);
        assertThat(peer.ratio()).isEqualTo(3);
        assertThat(peer.minRatio()).isEqualTo(2);
        assertThat(peer.maxRatio()).isEqualTo(4);
    }

    @Test
    void theMedianOfAnEvenNumberIsTheMiddleOfTwo() {
        assertThat(new Figures(new double[] {4, 1, 2, 3}).median()).isEqualTo(2.5);
    }
}
