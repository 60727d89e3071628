package dev.headwater.benchmarks.turns;

import dev.headwater.cli.bench.BenchRow;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

/// One figure of a contestant, by turn. More is better.
///
/// @param byTurn `[turn]`
public record Figures(double[] byTurn) {

    public double median() {
        double[] sorted = sorted();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    public double min() {
        return sorted()[0];
    }

    public double max() {
        return sorted()[byTurn.length - 1];
    }

    private double[] sorted() {
        double[] sorted = byTurn.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    /// These divided by those of the same turns.
    public Figures over(Figures other) {
        return new Figures(IntStream.range(0, byTurn.length)
                .mapToDouble(turn -> byTurn[turn] / other.byTurn[turn])
                .toArray());
    }

    /// A row without a peer.
    public BenchRow row(String name, String unit, Map<String, Double> details) {
        return new BenchRow(name, median(), min(), max(), unit, null, details);
    }

    /// A row beside a peer that was measured in the same turns.
    public BenchRow row(String name, String unit, String peer, Figures peers, Map<String, Double> details) {
        Figures ratio = over(peers);
        BenchRow.Peer beside = new BenchRow.Peer(peer, peers.median(), ratio.median(), ratio.min(), ratio.max());
        return new BenchRow(name, median(), min(), max(), unit, beside, details);
    }
}
