package dev.headwater.lab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.lab.definition.RowSpec.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabReportTest {

    private static final List<EpochFigures> CURVE =
            List.of(new EpochFigures(1, 2.0, 0.2, 2.1, 0.15), new EpochFigures(2, 1.5, 0.5, 1.8, 0.4));

    @TempDir
    private Path folder;

    private String markdown = "";
    private String html = "";

    /// On their data: one row. On others: one row with two seeds, and one in both settings.
    @BeforeEach
    void write() throws IOException {
        Results results = new Results(folder.resolve("results"));
        MadeResults synthetic = new MadeResults(
                "synthetic-rnn", "004", Figure.MAE, 6.41, "6.35 to 6.41", 5.938, null, true, CURVE, List.of("curves"));
        MadeResults lstm = new MadeResults(
                "jena-lstm", "001", Figure.MAE, 2.57, "test 2.57", 2.5, 2.62, false, CURVE, List.of("curves", "data"));
        MadeResults pems = new MadeResults(
                "pems-seq2seq", "000", Figure.RMSE, 0.572, "0.5720 after 5 epochs", 0.6, null, false, CURVE, List.of());
        MadeResults words = new MadeResults(
                "jena2-gru", "002", Figure.MAE, null, "better than naive", 3.0, 2.57, false, CURVE, List.of());
        for (RowResult result : List.of(
                synthetic.of(42, true, 6.2),
                lstm.of(1, false, 2.0),
                lstm.of(2, false, 2.2),
                lstm.of(1, true, 1.9),
                pems.of(42, true, 0.5),
                words.of(42, false, 2.7),
                MadeResults.accuracies("speech-gru", CURVE).of(1, true, 0.6),
                MadeResults.accuracies("speech-rnn", CURVE).of(1, true, 0.2))) {
            results.save(MadeResults.run(result));
        }
        LabReport report = LabReport.of(results);
        report.write(folder.resolve("pages"));
        markdown = Files.readString(folder.resolve("pages/README.md"));
        html = Files.readString(folder.resolve("pages/lab.html"));
    }

    /// The cells of the table's rows below a heading.
    private List<List<String>> table(String heading) {
        List<List<String>> rows = new ArrayList<>();
        markdown.substring(markdown.indexOf("## " + heading))
                .lines()
                .dropWhile(line -> !line.startsWith("|"))
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .forEach(line ->
                        rows.add(List.of(line.substring(2, line.length() - 2).split(" \\| "))));
        return rows;
    }

    @Test
    void namesEveryRowOnBothPages() {
        for (String row :
                List.of("speech-rnn", "speech-gru", "pems-seq2seq", "jena-lstm", "jena2-gru", "synthetic-rnn")) {
            assertThat(markdown).contains("### " + row + "\n", "The row " + row, "A remark on " + row + ". A note on");
            assertThat(html).contains("<h3>" + row + "</h3>", "The row " + row);
        }
        assertThat(markdown).contains("### jena-lstm, full\n", "Machine: a machine.");
        // in the order of the documents, the shorter setting first
        assertThat(markdown.lines().filter(line -> line.startsWith("### ")))
                .containsExactly(
                        "### speech-rnn",
                        "### speech-gru",
                        "### pems-seq2seq",
                        "### jena-lstm",
                        "### jena-lstm, full",
                        "### jena2-gru",
                        "### synthetic-rnn");
    }

    @Test
    void onTheirOwnDataFiguresStandSideBySide() {
        assertThat(table("On the document's own data"))
                .containsExactly(List.of(
                        "synthetic-rnn",
                        "validation MAE",
                        "their data",
                        "6.410",
                        "6.200",
                        "5.938",
                        "2,001",
                        "12",
                        "full: 20 epochs"));
    }

    @Test
    void onOtherDataGainsStandSideBySideAndNotTheDocumentsFigure() {
        // When
        List<List<String>> rows = table("On other data than the document's");
        // Then a gain is the share of the naive error, here 1 - 2.57 / 2.62 and the mean of 1 - 2.0 / 2.5 and
        // 1 - 2.2 / 2.5
        assertThat(rows)
                .contains(
                        List.of(
                                "jena-lstm",
                                "validation MAE",
                                "other data",
                                "+1.9 %",
                                "+16.0 %",
                                "2.100 ± 0.141",
                                "2.500",
                                "2,001",
                                "12",
                                "shorter: 3 epochs of 512 examples, 2 seeds"),
                        List.of(
                                "jena-lstm",
                                "validation MAE",
                                "other data",
                                "+1.9 %",
                                "+24.0 %",
                                "1.900",
                                "2.500",
                                "2,001",
                                "12",
                                "full: 20 epochs"));
        // and of accuracies the difference
        assertThat(rows.getFirst().subList(0, 5))
                .containsExactly("speech-rnn", "validation ACCURACY", "other data", "+48.5 points", "+8.0 points");
        // and the document's words where they are no figure
        assertThat(rows.stream().map(row -> row.get(3)))
                .containsExactly("+48.5 points", "+48.5 points", "-", "+1.9 %", "+1.9 %", "better than naive");
        assertThat(rows.toString()).doesNotContain("2.57", "0.572", "61");
    }

    @Test
    void judgesTheOrderingsThatBothRowsHaveResultsFor() {
        assertThat(table("Orderings that the documents report"))
                .containsExactly(List.of(
                        "GRU above simple RNN on speech",
                        "speech-gru",
                        "0.600",
                        "speech-rnn",
                        "0.200",
                        "+0.400",
                        "-",
                        "yes"));
    }

    @Test
    void everyPictureIsAFile() throws IOException {
        // Given
        List<String> names = new ArrayList<>();
        Matcher pictures = Pattern.compile("!\\[[^]]+]\\(([^)]+)\\)").matcher(markdown);
        while (pictures.find()) {
            names.add(pictures.group(1));
        }
        // Then
        assertThat(names)
                .containsExactly(
                        "speech-comparison.png",
                        "jena-lstm-curves.png",
                        "jena-lstm-data.png",
                        "jena-lstm-full-curves.png",
                        "jena-lstm-full-data.png",
                        "synthetic-rnn-curves.png");
        assertThat(names)
                .allSatisfy(name ->
                        assertThat(folder.resolve("pages").resolve(name)).isNotEmptyFile());
        assertThat(folder.resolve("pages/jena-lstm-full-data.png")).hasContent("jena-lstm1truedata");
        assertThat(folder.resolve("pages/jena-lstm-data.png")).hasContent("jena-lstm1falsedata");
        assertThat(Pattern.compile("<img ").matcher(html).results()).hasSameSizeAs(names);
    }

    @Test
    void thePageLoadsNothingFromElsewhere() {
        assertThat(html).doesNotContain("http:", "https:", "<script", "<link", "url(");
        assertThat(Pattern.compile("src=\"(?!data:image/png;base64,)")
                        .matcher(html)
                        .find())
                .isFalse();
    }

    @Test
    void saysInOneLineThatThereAreNoResults() throws IOException {
        // Given
        Path empty = Files.createDirectories(folder.resolve("empty"));
        // When, then
        assertThatThrownBy(() -> LabReport.of(new Results(empty)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("folder of results " + empty + ": must hold the result of a row, found none; `headwater lab"
                        + " run` makes them");
    }
}
