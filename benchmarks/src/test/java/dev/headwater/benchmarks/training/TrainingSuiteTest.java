package dev.headwater.benchmarks.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.cli.bench.BenchRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TrainingSuiteTest {

    private static final TrainingSuite.Times SHORT = new TrainingSuite.Times(4, 21 * 288, 0.01, 0.01);

    @Test
    void theTrainerAndItsPeersTakeTurns() throws Exception {
        // Given
        List<BenchRow> rows = new ArrayList<>();
        List<String> told = new ArrayList<>();

        // When
        new TrainingSuite(SHORT, List.of(32)).run(2, rows::add, told::add);

        // Then PyTorch has a row, or was visibly left out, and all peers compute our gradient
        List<String> peers = rows.stream()
                .map(row -> Objects.requireNonNull(row.peer()).name())
                .toList();
        boolean hasTorch = told.stream().noneMatch(line -> line.contains("without PyTorch"));
        assertThat(peers).isEqualTo(hasTorch ? List.of("pytorch", "nd4j-gemm") : List.of("nd4j-gemm"));
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.name()).isEqualTo("training.batch32");
            assertThat(row.value()).isPositive();
            assertThat(row.details().get("peerGradientDifference")).isBetween(0.0, 1e-4);
        });
    }
}
