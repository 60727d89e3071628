package dev.headwater.lab.engine;

import dev.headwater.trainer.study.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The results of one row in one setting, a result per seed, as cells of the report's tables.
///
/// @param results at least one
record RowGroup(List<RowResult> results) {

    static final List<String> SAME =
            List.of("Row", "Figure", "Data", "Document", "Ours", "Naive", "Parameters", "Seconds", "Setting");

    static final List<String> OTHER = List.of(
            "Row",
            "Figure",
            "Data",
            "Gain in the document",
            "Our gain",
            "Ours",
            "Naive",
            "Parameters",
            "Seconds",
            "Setting");

    /// The groups in the order of their first results.
    static List<RowGroup> of(List<RowResult> results) {
        return results.stream()
                .collect(Collectors.groupingBy(
                        result -> result.row() + result.full(), LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(RowGroup::new)
                .toList();
    }

    RowResult first() {
        return results.getFirst();
    }

    /// Cells under [#SAME].
    List<String> same() {
        List<String> cells = start();
        cells.add(first().seed() == null ? first().told() : Figures.of(first().figure(), first().seed()));
        cells.add(ours());
        cells.add(spread(RowResult::naive));
        return end(cells);
    }

    /// Cells under [#OTHER].
    List<String> other() {
        List<String> cells = start();
        cells.add(seedGain());
        cells.add(gain());
        cells.add(ours());
        cells.add(spread(RowResult::naive));
        return end(cells);
    }

    /// The gain in the document. Without one its words stand, unless they state a figure: that of other data would
    /// be compared with ours.
    private String seedGain() {
        return first().seed() == null ? first().told() : Figures.gain(first().figure(), first().seedGain());
    }

    private List<String> start() {
        return new ArrayList<>(List.of(first().row(), first().metric(), first().data()));
    }

    private List<String> end(List<String> cells) {
        cells.add(first().parameters() == 0 ? "-" : String.format(Locale.ROOT, "%,d", first().parameters()));
        double seconds = Spread.of(
                        results.stream().mapToDouble(RowResult::seconds).toArray())
                .mean();
        cells.add(String.format(Locale.ROOT, "%.0f", seconds));
        cells.add(setting());
        return cells;
    }

    private String setting() {
        String run = first().setting().isEmpty() ? "" : ": " + first().setting();
        String seeds = results.size() > 1 ? ", " + results.size() + " seeds" : "";
        return (first().full() ? "full" : "shorter") + run + seeds;
    }

    /// The mean of our figure, with the deviation over several seeds.
    String ours() {
        return spread(RowResult::ours);
    }

    private String spread(Function<RowResult, @Nullable Double> figure) {
        double[] values = values(figure);
        if (values.length == 0) {
            return "-";
        }
        Spread spread = Spread.of(values);
        String mean = Figures.of(first().figure(), spread.mean());
        return spread.sd() == 0 ? mean : mean + " ± " + Figures.of(first().figure(), spread.sd());
    }

    private String gain() {
        double[] gains = values(RowResult::gain);
        return gains.length == 0
                ? "-"
                : Figures.gain(first().figure(), Spread.of(gains).mean());
    }

    private double[] values(Function<RowResult, @Nullable Double> figure) {
        return results.stream()
                .map(figure)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .toArray();
    }
}
