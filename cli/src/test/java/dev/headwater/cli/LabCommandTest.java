package dev.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.lab.definition.RowFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `lab` as a user calls it.
class LabCommandTest {

    private static final int COLUMNS = 80;

    private static final String OWN = """
            row: own
            title: A small network
            document: '004'
            data: {synthetic: {window: 20, split: 1000}}
            layers: [{rnn: {units: 4}}, {dense: {}}, {scale: {factor: 100}}]
            training: {loss: mse, updater: {rule: adam, rate: 0.01}, batch: 32, epochs: 3, samplesPerEpoch: 64}
            quick: {epochs: 1}
            metric: {figure: mae, part: validation, document: 6.41, told: 6.35 to 6.41}
            seconds: 1
            """;

    @TempDir
    private Path folder;

    private Path results() {
        return folder.resolve("results");
    }

    private CommandRun run(String... more) {
        List<String> all =
                new ArrayList<>(List.of("lab", "run", "--results", results().toString()));
        all.addAll(List.of(more));
        return CommandRun.of(all.toArray(String[]::new));
    }

    private String own(String yaml) throws IOException {
        return Files.writeString(folder.resolve("own.yaml"), yaml).toString();
    }

    private static JsonNode json(CommandRun run) {
        assertThat(run.exitCode()).as(run.err()).isZero();
        return JsonMapper.shared().readTree(run.out());
    }

    private static void assertRefused(CommandRun run, String message) {
        assertThat(run.exitCode()).as(run.out()).isEqualTo(1);
        assertThat(run.err().lines()).as(run.err()).hasSize(1);
        assertThat(run.err()).startsWith("headwater: ").contains(message);
    }

    private void assertNoResult() throws IOException {
        if (Files.exists(results())) {
            try (Stream<Path> files = Files.walk(results())) {
                assertThat(files.filter(Files::isRegularFile)).isEmpty();
            }
        }
    }

    @AfterEach
    void clearTheInterruptFlag() {
        Thread.interrupted();
    }

    @Test
    void listsAllRowsWithinATerminal() {
        // When
        CommandRun run = CommandRun.of("lab", "list");
        // Then
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().lines()).allMatch(line -> line.length() <= COLUMNS);
        List<String> names = run.out()
                .lines()
                .filter(line -> !line.startsWith(" "))
                .skip(1)
                .map(line -> line.substring(0, line.indexOf(' ')))
                .toList();
        assertThat(names).isEqualTo(RowFile.shipped());
        // and as JSON
        JsonNode rows = json(CommandRun.of("lab", "list", "--json")).at("/rows");
        assertThat(rows.size()).isEqualTo(RowFile.shipped().size());
        assertThat(rows.at("/0/row").asString()).isEqualTo("speech-rnn");
        assertThat(rows.at("/0/metric/document").asDouble()).isEqualTo(0.2);
    }

    @Test
    void runsRowsAndKeepsTheirResults() throws IOException {
        // When
        CommandRun first = run("windows", "rnn-by-hand");
        // Then each has a line of the table
        assertThat(first.exitCode()).as(first.err()).isZero();
        List<String> lines = first.out().lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.subList(0, 3)).allMatch(line -> line.length() <= COLUMNS);
        assertThat(lines.get(0)).matches("row +figure +document +ours +naive +seconds");
        assertThat(lines.get(1)).matches("windows +largest difference +0 +0 +- +[0-9.]+");
        assertThat(lines.get(2)).matches("rnn-by-hand +largest difference +0 +\\d\\.\\de-\\d\\d +- +[0-9.]+");
        assertThat(lines.get(3)).isEqualTo("results in " + results() + "; `headwater lab report` writes the pages");
        assertThat(results().resolve("windows/seed-42-full/result.json")).exists();
        // When it is called again, then nothing is run anew
        byte[] kept = Files.readAllBytes(results().resolve("rnn-by-hand/seed-42-full/result.json"));
        CommandRun second = run("windows", "rnn-by-hand");
        assertThat(second.out().lines().filter(line -> line.endsWith(" kept"))).hasSize(2);
        assertThat(results().resolve("rnn-by-hand/seed-42-full/result.json")).hasBinaryContent(kept);
        // unless the user says so
        CommandRun again = run("windows", "--again");
        assertThat(again.out()).doesNotContain("kept");
    }

    @Test
    void printsOneJsonObject() {
        // When
        CommandRun run = run("windows", "rnn-by-hand", "--seed", "5", "--seeds", "2", "--json");
        // Then it is all of standard output
        JsonNode report = json(run);
        assertThat(run.out().strip()).startsWith("{").endsWith("}");
        assertThat(report.propertyNames()).containsExactly("rows");
        assertThat(report.at("/rows").size()).isEqualTo(4);
        JsonNode row = report.at("/rows/0");
        assertThat(row.propertyNames()).contains("row", "metric", "seed", "ours", "naive", "data", "seconds");
        assertThat(row.at("/row").asString()).isEqualTo("windows");
        assertThat(row.at("/ours").asDouble()).isZero();
        assertThat(row.at("/naive").isNull()).isTrue();
        assertThat(row.at("/randomSeed").asInt()).isEqualTo(5);
        assertThat(report.at("/rows/3/row").asString()).isEqualTo("rnn-by-hand");
        assertThat(report.at("/rows/3/randomSeed").asInt()).isEqualTo(6);
    }

    @Test
    void runsARowOfTheUsersOwnInBothSettings() throws IOException {
        // Given
        String file = own(OWN);
        // When
        JsonNode shorter = json(run(file, "--json")).at("/rows/0");
        JsonNode full = json(run(file, "--json", "--full")).at("/rows/0");
        // Then
        assertThat(shorter.at("/setting").asString()).isEqualTo("1 epoch of 64 examples");
        assertThat(full.at("/setting").asString()).isEqualTo("3 epochs of 64 examples");
        assertThat(shorter.at("/naive").asDouble()).isEqualTo(full.at("/naive").asDouble());
        assertThat(results().resolve("own/seed-42/curves.png")).isNotEmptyFile();
        assertThat(results().resolve("own/seed-42-full/forecast.png")).isNotEmptyFile();
        // When the definition changes, then the result of the former one does not stand for it
        own(OWN.replace("rate: 0.01", "rate: 0.02"));
        assertThat(run(file).out()).doesNotContain("kept");
    }

    @Test
    void suggestsTheRowThatWasMeant() throws IOException {
        // When a name is mistyped, then not even the row before it is run
        assertRefused(run("windows", "jena-lstn"), "row 'jena-lstn' is not known (did you mean 'jena-lstm'?)");
        assertNoResult();
        assertThat(run().exitCode()).isEqualTo(2);
    }

    @Test
    void looksForAllDataBeforeTheFirstRowRuns() throws IOException {
        // Given a folder that does not exist
        Path none = folder.resolve("none");
        // When
        CommandRun run = run("windows", "jena-naive", "--data", none.toString());
        // Then
        assertRefused(run, "data folder " + none + ": no such folder");
        assertThat(run.out()).isEmpty();
        assertNoResult();
        // When it is empty, then the message says where to get the data
        Files.createDirectories(none);
        assertRefused(run("imdb-rnn", "--data", none.toString()), "no imdb_50k.csv.gz or imdb_50k.csv in " + none);
    }

    @Test
    void namesTheFaultInADefinition() throws IOException {
        // Given a mistyped key, and layers that do not fit
        String file = own(OWN.replace("units: 4", "unit: 4"));
        assertRefused(run(file), file + ": unknown key 'layers[0].rnn.unit' (did you mean 'units'?) (line 5)");
        own(OWN.replace("{dense: {}}", "{dense: {units: 2}}"));
        // When, then
        assertThat(run(file, "--json").out()).isEmpty();
        assertRefused(run(file, "--json"), "row own: layers: the last dense must have as many units as a target has");
        assertNoResult();
    }

    @Test
    void anInterruptedRowLeavesNoResult() throws IOException {
        // Given an interrupt before the first batch
        String file = own(OWN);
        Thread.currentThread().interrupt();
        // When
        CommandRun run = run("windows", file);
        // Then the rows before it are kept
        assertThat(Thread.interrupted()).isTrue();
        assertRefused(run, "stopped within row own, which left no result; the same command goes on from there");
        assertThat(results().resolve("windows/seed-42-full/result.json")).exists();
        assertThat(results().resolve("own")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "0", "101", "1,x", "1.5", ","})
    void refusesWhatAreNoSeeds(String seeds) throws IOException {
        assertRefused(
                run("windows", "--seeds", seeds),
                "--seeds must be a number from 1 to 100 or seeds such as 1,2,3, found '" + seeds + "'");
        assertNoResult();
    }

    @Test
    void reportsNothingWithoutResults() throws IOException {
        // Given
        Path pages = folder.resolve("pages");
        // When, then
        CommandRun none = CommandRun.of("lab", "report", "--results", results().toString(), "--to", pages.toString());
        assertRefused(none, "folder of results " + results() + ": no such file or folder");
        Files.createDirectories(results());
        CommandRun empty = CommandRun.of("lab", "report", "--results", results().toString(), "--to", pages.toString());
        assertRefused(empty, "must hold the result of a row, found none; `headwater lab run` makes them");
        assertThat(pages).doesNotExist();
    }

    @Test
    void writesThePages() throws IOException {
        // Given
        Path pages = folder.resolve("pages");
        run("windows", own(OWN));
        // When
        CommandRun run = CommandRun.of("lab", "report", "--results", results().toString(), "--to", pages.toString());
        // Then
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().strip())
                .isEqualTo(pages.resolve("lab.html") + " and " + pages.resolve("README.md") + ": 2 results");
        assertThat(pages.resolve("README.md")).content().contains("### windows\n", "### own\n", "(own-curves.png)");
        assertThat(pages.resolve("own-curves.png")).isNotEmptyFile();
        assertThat(pages.resolve("lab.html")).content().contains("<h3>own</h3>");
        // and as JSON
        JsonNode report = json(
                CommandRun.of("lab", "report", "--results", results().toString(), "--to", pages.toString(), "--json"));
        assertThat(report.propertyNames()).containsExactlyInAnyOrder("rows", "orderings", "path");
        assertThat(report.at("/rows").size()).isEqualTo(2);
        assertThat(report.at("/orderings").size()).isZero();
    }
}
