package dev.headwater.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.cli.bench.BenchRow;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TurnsTest {

    /// Three turns, of which the second was slow for both.
    private static Turns turns() {
        Turns turns = new Turns("forecasts/s");
        turns.add("ours", new Measured(30, Map.of("bytes", 1.0)));
        turns.add("theirs", new Measured(60, Map.of()));
        turns.add("ours", new Measured(10, Map.of("bytes", 3.0)));
        turns.add("theirs", new Measured(10, Map.of()));
        turns.add("ours", new Measured(40, Map.of("bytes", 2.0)));
        turns.add("theirs", new Measured(50, Map.of()));
        return turns;
    }

    @Test
    void ratiosAreThoseWithinATurn() {
        // Given
        Turns turns = turns();

        // When
        BenchRow row = turns.row("row", "ours", "theirs");

        // Then
        assertThat(row)
                .isEqualTo(new BenchRow(
                        "row",
                        30,
                        10,
                        40,
                        "forecasts/s",
                        new BenchRow.Peer("theirs", 50, 0.8, 0.5, 1),
                        Map.of("bytes", 2.0)));
    }

    @Test
    void aPeerThatWasNotMeasuredIsLeftOut() {
        // Given
        Turns turns = turns();

        // When
        BenchRow row = turns.row("row", "ours", "nobody");

        // Then
        assertThat(row.peer()).isNull();
        assertThat(row.value()).isEqualTo(30);
    }
}
