package dev.headwater.lab.engine;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.lab.definition.RowFile;
import dev.headwater.lab.plot.CurvePlots;
import dev.headwater.report.Block;
import dev.headwater.report.Html;
import dev.headwater.report.Markdown;
import dev.headwater.report.Plot;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/// The page of the lab: every row's figure beside the document's, the orderings, the pictures.
///
/// @param rows     results, by row in the order of the documents, then by seed
/// @param verdicts the orderings that can be judged
public record LabReport(List<RowResult> rows, List<Ordering.Verdict> verdicts, Results results) {

    public static final String HTML = "lab.html";
    public static final String MARKDOWN = "README.md";

    private static final String TITLE = "The lab: the systems of five documents";
    private static final String SOUND = "000";
    private static final double PER_CENT = 100;

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
        List<RowGroup> groups = RowGroup.of(rows);
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Heading(1, TITLE));
        blocks.add(new Block.Text("Written by \"headwater lab report\" from the results of \"headwater lab run all\"."
                + " Figures are means over the seeds, with the standard deviation where there are several."
                + " Machine: " + machines() + "."));
        blocks.add(new Block.Heading(2, "On the document's own data"));
        blocks.add(new Block.Table(
                RowGroup.SAME,
                groups.stream()
                        .filter(group -> group.first().sameData())
                        .map(RowGroup::same)
                        .toList()));
        blocks.add(new Block.Heading(2, "On other data than the document's"));
        blocks.add(new Block.Text("The data at hand are another year or a part of the document's, so the task is not"
                + " the same: compare the gains over the naive forecast, each on its own data. In a single year of"
                + " weather, validation and test hold seasons that training never saw."));
        blocks.add(new Block.Table(
                RowGroup.OTHER,
                groups.stream()
                        .filter(group -> !group.first().sameData())
                        .map(RowGroup::other)
                        .toList()));
        addOrderings(blocks);
        groups.forEach(group -> addRow(blocks, group));
        return blocks;
    }

    private String machines() {
        return rows.stream().map(RowResult::machine).distinct().collect(Collectors.joining("; "));
    }

    private void addOrderings(List<Block> blocks) {
        blocks.add(new Block.Heading(2, "Orderings that the documents report"));
        blocks.add(new Block.Text("Figures on validation by seed. \"Not worse\" holds when the mean lead is above"
                + " minus one standard deviation."));
        blocks.add(new Block.Table(
                List.of("Document", "First row", "Figures", "Second row", "Figures", "Mean lead", "Spread", "Holds"),
                verdicts.stream().map(LabReport::cells).toList()));
        comparison().ifPresent(blocks::add);
    }

    private static List<String> cells(Ordering.Verdict verdict) {
        return List.of(
                verdict.ordering().statement(),
                verdict.ordering().better(),
                verdict.better(),
                verdict.ordering().than(),
                verdict.than(),
                String.format(Locale.ROOT, "%+.3f", verdict.lead()),
                verdict.seeds() > 1 ? String.format(Locale.ROOT, "%.3f", verdict.spread()) : "-",
                verdict.holds() ? "yes" : "no");
    }

    /// Accuracy by epoch of all classifiers of sound, one seed each, as document 000 plots it.
    private Optional<Block> comparison() {
        Map<String, double[]> curves = new LinkedHashMap<>();
        for (RowResult result : rows) {
            boolean trained = !result.curve().isEmpty();
            if (trained && result.document().equals(SOUND) && result.figure().isHigherBetter()) {
                curves.putIfAbsent(
                        result.row(),
                        result.curve().stream()
                                .mapToDouble(epoch -> PER_CENT * epoch.validation())
                                .toArray());
            }
        }
        return curves.size() < 2
                ? Optional.empty()
                : Optional.of(new Block.Picture(
                        "speech-comparison",
                        "Accuracy of the classifiers on validation by epoch",
                        CurvePlots.comparison("epoch", "validation accuracy, %", curves)));
    }

    private void addRow(List<Block> blocks, RowGroup group) {
        RowResult first = group.first();
        boolean both = rows.stream().anyMatch(other -> other.row().equals(first.row()) && other.full() != first.full());
        String full = both && first.full() ? "-full" : "";
        blocks.add(new Block.Heading(3, first.row() + (full.isEmpty() ? "" : ", full")));
        blocks.add(new Block.Text(first.title() + ". Document " + first.document() + ": " + first.told() + ". Ours: "
                + first.metric() + " " + group.ours() + "."));
        String remark = first.remark() == null ? "" : first.remark() + " ";
        String said = remark + String.join(" ", first.notes());
        if (!said.isBlank()) {
            blocks.add(new Block.Text(said.strip()));
        }
        for (String picture : first.pictures()) {
            blocks.add(new Block.Picture(
                    first.row() + full + "-" + picture,
                    first.title() + ": " + picture,
                    results.picture(first, picture)));
        }
    }
}
