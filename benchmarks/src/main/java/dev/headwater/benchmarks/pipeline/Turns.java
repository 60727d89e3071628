package dev.headwater.benchmarks.pipeline;

import dev.headwater.benchmarks.turns.Figures;
import dev.headwater.cli.bench.BenchRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What was measured of cases, each of which has its turn in every round.
final class Turns {

    private final Map<String, List<Measured>> cases = new HashMap<>();
    private final String unit;

    /// @param unit of all values
    Turns(String unit) {
        this.unit = unit;
    }

    /// @param name of the case
    void add(String name, Measured measured) {
        cases.computeIfAbsent(name, any -> new ArrayList<>()).add(measured);
    }

    /// Whether a case was measured.
    boolean has(String name) {
        return cases.containsKey(name);
    }

    /// A row of a case, beside another if that was measured.
    ///
    /// @param rowName name of the row
    /// @param name    of the case
    /// @param peer    name of the other case
    BenchRow row(String rowName, String name, String peer) {
        return has(peer) ? values(name).row(rowName, unit, peer, values(peer), details(name)) : row(rowName, name);
    }

    /// A row of a case without a peer.
    BenchRow row(String rowName, String name) {
        return values(name).row(rowName, unit, details(name));
    }

    private Figures values(String name) {
        return figures(turns(name).stream().map(Measured::value).toList());
    }

    private static Figures figures(List<Double> byTurn) {
        return new Figures(byTurn.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private List<Measured> turns(String name) {
        List<Measured> turns = cases.get(name);
        if (turns == null) {
            throw new IllegalArgumentException("not measured: " + name);
        }
        return turns;
    }

    /// Medians over the turns.
    private Map<String, Double> details(String name) {
        Map<String, List<Double>> byTurn = new TreeMap<>();
        for (Measured turn : turns(name)) {
            turn.details()
                    .forEach((detail, value) -> byTurn.computeIfAbsent(detail, any -> new ArrayList<>())
                            .add(value));
        }
        Map<String, Double> medians = new TreeMap<>();
        byTurn.forEach((detail, values) -> medians.put(detail, figures(values).median()));
        return medians;
    }
}
