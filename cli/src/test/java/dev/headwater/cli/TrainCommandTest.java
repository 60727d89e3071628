package dev.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.ingest.simulator.CitySimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `train` as a user calls it.
class TrainCommandTest {

    @TempDir
    private Path folder;

    private final SensorNetwork network = NetworkFile.load("simulated-city");
    private Path history = Path.of("");

    @BeforeEach
    void writeHistory() {
        Series series = new CitySimulator(network, 3, 3).history(network.clock().slotOf(1_700_000_000_000L), 900);
        history = CityFile.write(folder.resolve("city.csv"), series);
    }

    private Path models() {
        return folder.resolve("models");
    }

    private CommandRun train(String... more) {
        List<String> all = new ArrayList<>(List.of("train", "--network", "simulated-city"));
        all.addAll(List.of("--out", models().toString(), "--hidden", "8", "--batch", "128"));
        if (!List.of(more).contains("--epochs")) {
            all.addAll(List.of("--epochs", "2"));
        }
        if (!List.of(more).contains("--from")) {
            all.addAll(List.of("--from", history.toString()));
        }
        all.addAll(List.of(more));
        return CommandRun.of(all.toArray(String[]::new));
    }

    private static JsonNode json(CommandRun run) {
        assertThat(run.exitCode()).as(run.err()).isZero();
        return JsonMapper.shared().readTree(run.out());
    }

    /// Nothing of a failed training may look like a model.
    private void assertNoModel() throws IOException {
        if (Files.exists(models())) {
            try (Stream<Path> files = Files.walk(models())) {
                assertThat(files.filter(Files::isRegularFile)).isEmpty();
            }
        }
    }

    @Test
    void keepsTheBestOfSeveralSeeds() {
        // When a model is trained with two seeds
        JsonNode report = json(train("--seeds", "8,9", "--json"));
        // Then both are reported, and the better one on validation is in the registry
        JsonNode runs = report.at("/seeds/runs");
        assertThat(runs.size()).isEqualTo(2);
        assertThat(runs.at("/0/seed").asInt()).isEqualTo(8);
        boolean first =
                runs.at("/0/validation").asDouble() <= runs.at("/1/validation").asDouble();
        assertThat(report.at("/seed").asInt()).isEqualTo(first ? 8 : 9);
        assertThat(report.at("/seeds/test/3/lead").asString()).isEqualTo("mean");
        assertThat(report.at("/seeds/validation/0/mae/sd").asDouble()).isPositive();
        assertThat(report.at("/history").size()).isEqualTo(2);
        assertThat(models().resolve("simulated-city/1/model.zip")).exists();
        assertThat(models().resolve("simulated-city/2")).doesNotExist();
    }

    @Test
    void countsSeedsUpwards() {
        // When two seeds from 5 on are asked for without `--json`, then each has a line
        CommandRun run = train("--seed", "5", "--seeds", "2", "--epochs", "1");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("seed 5: ", "seed 6: ", "MAE in mph over 2 seeds", "validation, 15 min");
        // When the seeds are invalid, then the message says what is valid
        CommandRun bad = train("--seeds", "1,x");
        assertThat(bad.exitCode()).isEqualTo(1);
        assertThat(bad.err()).contains("--seeds must be a number from 1 to 100 or seeds such as 1,2,3, found '1,x'");
    }

    @Test
    void findsALearningRate() throws IOException {
        // When
        Path plots = folder.resolve("plots");
        JsonNode report = json(train("--lr-range-test", "--plots", plots.toString(), "--json"));
        // Then there is a suggestion, a picture, and no model
        assertThat(report.at("/suggestion").asDouble()).isPositive();
        assertThat(report.at("/blowUp").asDouble()).isPositive();
        assertThat(report.at("/points").size()).isGreaterThan(100);
        assertThat(ImageIO.read(plots.resolve("learning-rate-range.png").toFile())
                        .getWidth())
                .isEqualTo(900);
        assertNoModel();
    }

    @Test
    void ablates() throws IOException {
        // When
        CommandRun run = train("--ablate", "--epochs", "1", "--seeds", "1,2");
        // Then there is a table, and no model
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("| full | ", "| without calendar | ", "| without profile | ", "| with embeddings | ", " +- ");
        assertNoModel();
    }

    @Test
    void leavesNoCheckpointBehind() {
        // When a training ends by itself
        json(train("--json"));
        // Then there is nothing to resume
        assertThat(models().resolve("simulated-city/.training")).doesNotExist();
        CommandRun resumed = train("--resume");
        assertThat(resumed.exitCode()).isEqualTo(1);
        assertThat(resumed.err()).contains("no unfinished training to resume");
    }

    @Test
    void refusesWhatDoesNotGoTogether() {
        // When options exclude each other, then the exit code is that of a wrong call
        assertThat(train("--ablate", "--lr-range-test").exitCode()).isEqualTo(2);
        assertThat(train("--resume", "--seeds", "3").exitCode()).isEqualTo(2);
        assertThat(train("--plots", "x").err()).contains("--plots: goes with --lr-range-test");
    }

    @Test
    void aSettingOfTheClassifierOfWordsIsUnknownToReadings() {
        // When
        CommandRun run = train("--setting", "keyword.hidden=8");
        // Then
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("unknown training setting 'keyword.hidden' (known: averaging, ");
    }

    @Test
    void leavesNothingBehindWhenTheHistoryIsOfNoUse() throws IOException {
        // Given a history that is too short, one whose readings are all missing, and one of another interval
        Series whole = new CitySimulator(network, 2, 3).history(network.clock().slotOf(1_700_000_000_000L), 400);
        Path brief = CityFile.write(folder.resolve("brief.csv"), whole.head(26));
        List<String> lines = Files.readAllLines(CityFile.write(folder.resolve("whole.csv"), whole));
        Path missing = folder.resolve("missing.csv");
        Path sparse = folder.resolve("sparse.csv");
        List<String> without = new ArrayList<>();
        List<String> third = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String stamp = lines.get(i).substring(0, lines.get(i).indexOf(','));
            without.add(i == 0 ? lines.get(i) : stamp + ",0,0");
            if (i == 0 || i % 3 == 1) {
                third.add(lines.get(i));
            }
        }
        Files.write(missing, without);
        Files.write(sparse, third);
        // When a model is trained on each, then the message says what is wrong, and nothing is written
        assertRefused(brief, "26 slots are too short a span for windows of 12 + 12 slots in three parts");
        assertRefused(missing, "missing");
        assertRefused(sparse, "interval must be that of the readings, about PT15M, found PT5M");
    }

    private void assertRefused(Path from, String message) throws IOException {
        CommandRun run = train("--from", from.toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().strip().lines()).as(run.err()).hasSize(1);
        assertThat(run.err()).contains(message);
        assertNoModel();
    }

    @Test
    void leavesNothingBehindWhenTrainingDiverges() throws IOException {
        // Given readings whose square overflows a float
        Path wild = folder.resolve("wild.csv");
        List<String> lines = new ArrayList<>(List.of("time,a"));
        Files.readAllLines(history).stream()
                .skip(1)
                .map(line -> line.substring(0, line.indexOf(',')) + (lines.size() % 2 == 0 ? ",3e38" : ",1"))
                .forEach(lines::add);
        Files.write(wild, lines);
        // When a model is trained on them, then the message says that it diverged, and nothing is written
        CommandRun run = train("--from", wild.toString(), "--set", "measures=[{name: speed, unit: mph}]");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("training diverged");
        assertNoModel();
    }
}
