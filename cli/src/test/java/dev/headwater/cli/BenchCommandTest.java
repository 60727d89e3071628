package dev.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.cli.bench.Suites;
import dev.headwater.cli.bench.SumSuite;
import dev.headwater.forecasting.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BenchCommandTest {

    private static final String KEY = "sum.loop / stream";

    @TempDir
    private Path folder;

    private static JsonNode json(CommandRun run) {
        return JsonMapper.shared().readTree(run.out()); // standard output holds one JSON object and nothing else
    }

    private Path ratios(double ratio) throws IOException {
        return Files.writeString(folder.resolve("ratios.json"), "{\"" + KEY + "\": " + ratio + "}");
    }

    @Test
    void printsTheMachineAndARowForEachFigureForPeople() {
        // When
        CommandRun run = CommandRun.of("bench", SumSuite.NAME, "--repeats", "3");

        // Then the report is on standard output and the progress is not
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("vectors of ", "load ");
        assertThat(run.out().lines())
                .anyMatch(line -> line.startsWith("sum.loop ") && line.contains("stream: ") && line.contains("turns 3"))
                .anyMatch(line -> line.startsWith("sum.stream "));
        assertThat(run.err()).contains("headwater: sum: sum.loop");
    }

    @Test
    void printsTheSameAsJson() {
        // When
        CommandRun run = CommandRun.of("bench", SumSuite.NAME, "--json");

        // Then
        JsonNode report = json(run);
        assertThat(report.at("/machine/cores").asInt()).isPositive();
        assertThat(report.at("/machine/vectorBits").asInt()).isGreaterThanOrEqualTo(64);
        JsonNode row = report.at("/rows/0");
        assertThat(row.at("/name").asString()).isEqualTo("sum.loop");
        assertThat(row.at("/unit").asString()).isEqualTo("sums/s");
        assertThat(row.at("/peer").asString()).isEqualTo("stream");
        assertThat(row.at("/turns").asDouble()).isEqualTo(5);
        assertThat(row.at("/value").asDouble())
                .isBetween(row.at("/min").asDouble(), row.at("/max").asDouble());
        assertThat(row.at("/ratio").asDouble())
                .isBetween(row.at("/ratioMin").asDouble(), row.at("/ratioMax").asDouble());
        assertThat(report.at("/rows/1").has("peer")).isFalse();
        assertThat(report.has("fallen")).isFalse();
    }

    @Test
    void aCheckNamesARatioThatFell() throws IOException {
        // Given
        Path reached = ratios(1e9);

        // When
        CommandRun run = CommandRun.of("bench", SumSuite.NAME, "--check", "--ratios", reached.toString(), "--json");

        // Then
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains(KEY + " fell by more than 20 %");
        assertThat(json(run).at("/fallen/0/name").asString()).isEqualTo(KEY);
    }

    @Test
    void aCheckPassesWhereNoRatioFell() throws IOException {
        // Given
        Path reached = ratios(1e-9);

        // When
        CommandRun run = CommandRun.of("bench", SumSuite.NAME, "--check", "--ratios", reached.toString());

        // Then
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("no ratio fell");
    }

    @Test
    void aCheckWithoutRatiosIsRefusedBeforeAnythingRuns() {
        // When
        CommandRun run = CommandRun.of(
                "bench",
                SumSuite.NAME,
                "--check",
                "--ratios",
                folder.resolve("none.json").toString());

        // Then
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err()).contains("none.json", "--update-ratios");
    }

    @Test
    void anUpdateReplacesWhatWasMeasuredAndKeepsTheRest() throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("ratios.json"), "{\"" + KEY + "\": 1e9, \"other / peer\": 2}");

        // When
        CommandRun run = CommandRun.of("bench", SumSuite.NAME, "--update-ratios", "--ratios", file.toString());

        // Then
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode written = JsonMapper.shared().readTree(Files.readString(file));
        assertThat(written.get(KEY).asDouble()).isPositive().isLessThan(1e6);
        assertThat(written.get("other / peer").asDouble()).isEqualTo(2);
        assertThat(written).hasSize(2);
    }

    @Test
    void anUnknownSuiteIsToldWithThoseThereAre() {
        // When
        CommandRun run = CommandRun.of("bench", "kernels");

        // Then
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("suite must be one of sum, found 'kernels'");
    }

    @Test
    void withoutTurnsItIsCalledWrongly() {
        // When
        CommandRun run = CommandRun.of("bench", SumSuite.NAME, "--repeats", "0");

        // Then
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--repeats must be at least 1, found 0");
    }

    @Test
    void aJarWithoutSuitesSaysWhereTheyAre() {
        // Given a class loader that knows the JDK alone
        ClassLoader bare = ClassLoader.getPlatformClassLoader();

        // When / Then
        assertThatThrownBy(() -> new Suites(bare))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("checkout");
    }
}
