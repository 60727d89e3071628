package dev.headwater.benchmarks.state;

import dev.headwater.benchmarks.turns.Figures;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Figures of two builds side by side: the median of the runs, lowest and highest in brackets.
final class FigureTable {

    /// A case's figures of one build, by run.
    private static final class Column {

        private final Map<Figure, List<Double>> values = new EnumMap<>(Figure.class);

        void add(Map<Figure, Double> run) {
            run.forEach((figure, value) ->
                    values.computeIfAbsent(figure, any -> new ArrayList<>()).add(value));
        }

        List<Double> of(Figure figure) {
            return values.getOrDefault(figure, List.of());
        }
    }

    private final Map<StateCase, Column> older = new LinkedHashMap<>();
    private final Map<StateCase, Column> newer = new LinkedHashMap<>();

    void addOlder(StateCase one, Map<Figure, Double> run) {
        older.computeIfAbsent(one, any -> new Column()).add(run);
    }

    void addNewer(StateCase one, Map<Figure, Double> run) {
        newer.computeIfAbsent(one, any -> new Column()).add(run);
    }

    /// The table as Markdown, a line per figure and case that both builds have.
    String markdown(String olderName, String newerName) {
        StringBuilder table = new StringBuilder();
        table.append("| figure | kept a sensor | sensors | ")
                .append(olderName)
                .append(" | ")
                .append(newerName)
                .append(" | ")
                .append(newerName)
                .append(" / ")
                .append(olderName)
                .append(" |\n|---|---|---|---|---|---|\n");
        for (Figure figure : Figure.values()) {
            older.forEach((one, column) -> {
                List<Double> before = column.of(figure);
                List<Double> after = newer.getOrDefault(one, new Column()).of(figure);
                if (!before.isEmpty() && !after.isEmpty()) {
                    table.append(line(figure, one, before, after));
                }
            });
        }
        return table.toString();
    }

    private static String line(Figure figure, StateCase one, List<Double> before, List<Double> after) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %,d | %s | %s | %.2f |%n",
                figure.label(),
                one.state(),
                one.sensors(),
                cell(figure, before),
                cell(figure, after),
                median(after) / median(before));
    }

    private static String cell(Figure figure, List<Double> values) {
        String median = number(figure, median(values));
        if (values.size() == 1) {
            return median;
        }
        List<Double> sorted = values.stream().sorted().toList();
        return median + " (" + number(figure, sorted.getFirst()) + " to " + number(figure, sorted.getLast()) + ")";
    }

    private static String number(Figure figure, double value) {
        return String.format(Locale.ROOT, "%,." + figure.decimals() + "f", value);
    }

    static double median(List<Double> values) {
        return new Figures(values.stream().mapToDouble(Double::doubleValue).toArray()).median();
    }
}
