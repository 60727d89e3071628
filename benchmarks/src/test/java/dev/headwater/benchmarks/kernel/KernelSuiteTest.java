package dev.headwater.benchmarks.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.benchmarks.turns.Contest;
import dev.headwater.cli.bench.BenchRow;
import dev.headwater.cli.bench.BenchSuite;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class KernelSuiteTest {

    private static final double ERROR = 1e-5;

    private static List<BenchRow> run(KernelCase one) throws Exception {
        List<BenchRow> rows = new ArrayList<>();
        new KernelSuite(new Contest(0.01, 0.001, 1), List.of(one)).run(2, rows::add, line -> {});
        return rows;
    }

    @Test
    void comparesAllPeersThatComputeTheSame() throws Exception {
        // When a batch that fills no vector is measured
        List<BenchRow> rows = run(new KernelCase(5, 1, true));

        // Then there is a row for each peer, and the loss of a small batch
        assertThat(rows)
                .extracting(BenchRow::name)
                .containsExactly(
                        "inference.batch5.threads1",
                        "inference.batch5.threads1",
                        "inference.batch5.threads1",
                        "inference.batch5.perWindow");
        assertThat(rows)
                .extracting(row -> Objects.requireNonNull(row.peer()).name())
                .containsExactly("onnxruntime", "nd4j-gemm", "dl4j-lstm", "batch1024");
        for (BenchRow row : rows.subList(0, 2)) {
            assertThat(row.details().get("maxError")).isBetween(0.0, ERROR);
            assertThat(row.details().get("peerMaxError")).isBetween(0.0, ERROR);
        }
        assertThat(rows)
                .allSatisfy(row ->
                        assertThat(row.value()).isBetween(row.min(), row.max()).isPositive());
    }

    @Test
    void twoThreadsShareABatch() throws Exception {
        // When
        List<BenchRow> rows = run(new KernelCase(70, 2, false));

        // Then both parts were computed
        assertThat(rows).extracting(BenchRow::name).containsExactly("inference.batch70.threads2");
        assertThat(rows.getFirst().details().get("maxError")).isBetween(0.0, ERROR);
        assertThat(rows.getFirst().details().get("peerMaxError")).isBetween(0.0, ERROR);
        assertThat(rows.getFirst().details().get("peakShare")).isPositive();
    }

    @Test
    void isFoundByTheCommand() {
        assertThat(ServiceLoader.load(BenchSuite.class))
                .extracting(BenchSuite::name)
                .contains("kernel");
    }
}
