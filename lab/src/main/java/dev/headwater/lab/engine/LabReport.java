package dev.headwater.lab.engine;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.lab.definition.RowFile;
import dev.headwater.report.Block;
import dev.headwater.report.Html;
import dev.headwater.report.Markdown;
import dev.headwater.report.Plot;
import dev.headwater.trainer.study.Spread;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The page of the lab: every row's figure beside the document's, the orderings, the pictures.
///
/// @param rows     results, by row in the order of the documents, then by seed
/// @param verdicts the orderings that can be judged
public record LabReport(List<RowResult> rows, List<Ordering.Verdict> verdicts, Results results) {

    public static final String HTML = "lab.html";
    public static final String MARKDOWN = "README.md";

    private static final String TITLE = "The lab: the systems of five documents";

    /// Reads all results.
    ///
    /// @throws InvalidInputException when there are none, or one cannot be read
    public static LabReport of(Results results) {
        List<RowResult> all = new ArrayList<>(results.all());
        if (all.isEmpty()) {
            throw new InvalidInputException("folder of results " + results.root() + ": must hold the result of a row,"
                    + " found none; `headwater lab run` makes them");
        }
        List<String> order = RowFile.shipped();
        all.sort(Comparator.comparingInt((RowResult result) -> position(order, result.row()))
                .thenComparing(RowResult::row)
                .thenComparing(RowResult::full)
                .thenComparingLong(RowResult::randomSeed));
        List<Ordering.Verdict> verdicts = Ordering.shipped().stream()
                .map(ordering -> ordering.judge(all))
                .filter(Objects::nonNull)
                .toList();
        return new LabReport(List.copyOf(all), verdicts, results);
    }

    private static int position(List<String> order, String row) {
        int at = order.indexOf(row);
        return at < 0 ? order.size() : at;
    }

    /// Writes both pages and the pictures.
    ///
    /// @throws InvalidInputException when the folder cannot be written
    public void write(Path folder) {
        List<Block> blocks = blocks();
        for (Block block : blocks) {
            if (block instanceof Block.Picture picture) {
                Plot.write(folder, picture.name(), picture.png());
            }
        }
        Plot.writeFile(folder, MARKDOWN, Markdown.of(blocks).getBytes(StandardCharsets.UTF_8));
        Plot.writeFile(folder, HTML, Html.of(TITLE, blocks).getBytes(StandardCharsets.UTF_8));
    }

    private List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Heading(1, TITLE));
        blocks.add(new Block.Text("Written by `headwater lab report` from the results of `headwater lab run`."
                + " Figures are means over the seeds, with the standard deviation where there are several."
                + " Run on: " + machines() + "."));
        blocks.add(new Block.Heading(2, "On the document's own data"));
        blocks.add(sameData());
        blocks.add(new Block.Heading(2, "On other data than the document's"));
        blocks.add(new Block.Text("The data at hand are another year or a part of the document's, so the task is not"
                + " the same: compare the gains over the naive forecast, each on its own data."));
        blocks.add(otherData());
        blocks.add(new Block.Heading(2, "Orderings that the documents report"));
        blocks.add(new Block.Text("Figures on validation by seed. \"Not worse\" holds when the mean lead is above"
                + " minus one standard deviation."));
        blocks.add(orderings());
        groups().forEach(group -> addRow(blocks, group));
        return blocks;
    }

    private String machines() {
        return rows.stream().map(RowResult::machine).distinct().collect(Collectors.joining("; "));
    }

    /// Results of one row in one setting, by seed.
    private List<List<RowResult>> groups() {
        return List.copyOf(rows.stream()
                .collect(Collectors.groupingBy(
                        result -> result.row() + result.full(), java.util.LinkedHashMap::new, Collectors.toList()))
                .values());
    }

    private Block sameData() {
        List<List<String>> cells = groups().stream()
                .filter(group -> group.getFirst().sameData())
                .map(group -> {
                    RowResult first = group.getFirst();
                    List<String> row = new ArrayList<>(start(group));
                    row.add(first.seed() == null ? first.told() : Figures.of(first.figure(), first.seed()));
                    row.add(spread(group, RowResult::ours));
                    row.add(spread(group, RowResult::naive));
                    row.addAll(end(group));
                    return row;
                })
                .toList();
        return new Block.Table(
                List.of("Row", "Figure", "Data", "Document", "Ours", "Naive", "Parameters", "Seconds", "Setting"),
                cells);
    }

    private Block otherData() {
        List<List<String>> cells = groups().stream()
                .filter(group -> !group.getFirst().sameData())
                .map(group -> {
                    RowResult first = group.getFirst();
                    List<String> row = new ArrayList<>(start(group));
                    row.add(first.seedGain() == null ? first.told() : Figures.gain(first.figure(), first.seedGain()));
                    row.add(gains(group));
                    row.add(spread(group, RowResult::ours));
                    row.add(spread(group, RowResult::naive));
                    row.addAll(end(group));
                    return row;
                })
                .toList();
        return new Block.Table(
                List.of(
                        "Row",
                        "Figure",
                        "Data",
                        "Gain in the document",
                        "Our gain",
                        "Ours",
                        "Naive",
                        "Parameters",
                        "Seconds",
                        "Setting"),
                cells);
    }

    private static List<String> start(List<RowResult> group) {
        RowResult first = group.getFirst();
        return List.of(first.row(), first.metric(), first.data());
    }

    private static List<String> end(List<RowResult> group) {
        RowResult first = group.getFirst();
        String seconds = String.format(
                Locale.ROOT,
                "%.0f",
                group.stream().mapToDouble(RowResult::seconds).average().orElse(0));
        String seeds = group.size() > 1 ? ", " + group.size() + " seeds" : "";
        return List.of(
                first.parameters() == 0 ? "-" : String.format(Locale.ROOT, "%,d", first.parameters()),
                seconds,
                (first.full() ? "full" : "shorter")
                        + (first.setting().isEmpty() ? "" : ": " + first.setting())
                        + seeds);
    }

    private static String spread(List<RowResult> group, Function<RowResult, @Nullable Double> figure) {
        RowResult first = group.getFirst();
        double[] values = group.stream()
                .map(figure)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .toArray();
        if (values.length == 0) {
            return "-";
        }
        Spread spread = Spread.of(values);
        String mean = Figures.of(first.figure(), spread.mean());
        return spread.sd() == 0 ? mean : mean + " ± " + Figures.of(first.figure(), spread.sd());
    }

    private static String gains(List<RowResult> group) {
        double[] gains = group.stream()
                .map(RowResult::gain)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .toArray();
        return gains.length == 0
                ? "-"
                : Figures.gain(group.getFirst().figure(), Spread.of(gains).mean());
    }

    private Block orderings() {
        return new Block.Table(
                List.of("Document", "First row", "Figures", "Second row", "Figures", "Mean lead", "Spread", "Holds"),
                verdicts.stream()
                        .map(verdict -> List.of(
                                verdict.ordering().statement(),
                                verdict.ordering().better(),
                                verdict.better(),
                                verdict.ordering().than(),
                                verdict.than(),
                                String.format(Locale.ROOT, "%+.3f", verdict.lead()),
                                verdict.seeds() > 1 ? String.format(Locale.ROOT, "%.3f", verdict.spread()) : "-",
                                verdict.holds() ? "yes" : "no"))
                        .toList());
    }

    private void addRow(List<Block> blocks, List<RowResult> group) {
        RowResult first = group.getFirst();
        boolean both = rows.stream().anyMatch(other -> other.row().equals(first.row()) && other.full() != first.full());
        blocks.add(new Block.Heading(3, first.row() + (both && first.full() ? ", full" : "")));
        blocks.add(new Block.Text(first.title() + ". Document " + first.document() + ": " + first.told() + ". Ours: "
                + first.metric() + " " + spread(group, RowResult::ours) + "."));
        String remark = first.remark() == null ? "" : first.remark() + " ";
        String said = remark + String.join(" ", first.notes());
        if (!said.isBlank()) {
            blocks.add(new Block.Text(said.strip()));
        }
        for (String picture : first.pictures()) {
            String name = first.row() + (both && first.full() ? "-full-" : "-") + picture;
            blocks.add(new Block.Picture(name, first.title() + ": " + picture, results.picture(first, picture)));
        }
    }
}
