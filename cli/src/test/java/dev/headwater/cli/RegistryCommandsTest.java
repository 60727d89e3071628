package dev.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.ingest.simulator.CitySimulator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `models champion|compare|pin|gc`, and what `train` does for the champion, as a user calls them.
class RegistryCommandsTest {

    @TempDir
    private Path folder;

    private Path history = Path.of("");

    @BeforeEach
    void writeHistory() {
        history = city("city.csv", 3);
    }

    private Path city(String name, int seed) {
        SensorNetwork network = NetworkFile.load("simulated-city");
        return CityFile.write(
                folder.resolve(name),
                new CitySimulator(network, 3, seed).history(network.clock().slotOf(1_700_000_000_000L), 700));
    }

    private JsonNode train(Path from, int epochs) {
        return json(
                "train",
                "--network",
                "simulated-city",
                "--from",
                from.toString(),
                "--out",
                folder.resolve("models").toString(),
                "--hidden",
                "8",
                "--batch",
                "128",
                "--epochs",
                String.valueOf(epochs));
    }

    private String model(String name) {
        return folder.resolve("models/simulated-city").resolve(name).toString();
    }

    private static JsonNode json(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        CommandRun run = CommandRun.of(all.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return JsonMapper.shared().readTree(run.out());
    }

    private List<Integer> champions() {
        List<Integer> found = new ArrayList<>();
        for (JsonNode row : json(
                        "models", "list", "--dir", folder.resolve("models").toString())
                .at("/models")) {
            if (row.at("/champion").asBoolean()) {
                found.add(row.at("/version").asInt());
            }
        }
        return found;
    }

    @Test
    void theBestOnTheSameDataIsChampion() {
        // Given a model of some epochs, which is champion because it is the first
        assertThat(train(history, 4).at("/champion/promoted").asBoolean()).isTrue();
        // When a model of a single epoch follows, then the champion stays
        JsonNode worse = train(history, 1);
        assertThat(worse.at("/champion/promoted").asBoolean()).isFalse();
        assertThat(worse.at("/champion/reason").asString()).contains("that of seq2seq-gru@1");
        assertThat(champions()).containsExactly(1);
        // When a model is trained on other data, then it is not compared
        JsonNode other = train(city("other.csv", 4), 4);
        assertThat(other.at("/champion/promoted").asBoolean()).isFalse();
        assertThat(other.at("/champion/reason").asString()).contains("was judged on other data: data fingerprint");
        // When the champion is chosen by hand, then it is that model, and evaluate finds it as champion
        assertThat(json("models", "champion", model("2")).at("/model").asString())
                .isEqualTo("seq2seq-gru@2");
        assertThat(champions()).containsExactly(2);
        JsonNode judged = json(
                "evaluate", "--network", "simulated-city", "--from", history.toString(), "--model", model("champion"));
        assertThat(judged.at("/model").asString()).isEqualTo("seq2seq-gru@2");
    }

    @Test
    void comparesAndCleansUp() {
        // Given two models on the same data and one on other data
        train(history, 1);
        train(history, 3);
        train(city("other.csv", 4), 1);
        // When those on the same data are compared, then they are ranked, and their differences are shown
        JsonNode ranked = json("models", "compare", model("1"), model("2"));
        assertThat(ranked.at("/ranked").asBoolean()).isTrue();
        assertThat(ranked.at("/models/0/validation").asDouble())
                .isLessThan(ranked.at("/models/1/validation").asDouble());
        assertThat(ranked.at("/differences/epochs").size()).isEqualTo(2);
        assertThat(ranked.at("/differences/hidden").isMissingNode()).isTrue();
        // When a model on other data is among them, then they are not ranked
        CommandRun run = CommandRun.of("models", "compare", model("1"), model("3"), model("2"));
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("not ranked: ", "were judged on different data: data fingerprint");
        // When the registry is cleaned up, then a dry run removes nothing
        String models = folder.resolve("models").toString();
        assertThat(CommandRun.of("models", "pin", model("1")).exitCode()).isZero();
        String[] clean = {"models", "gc", "simulated-city", "--keep", "1", "--dir", models};
        assertThat(json(clean).at("/removed").size()).isZero(); // champion, pinned and latest
        assertThat(CommandRun.of("models", "pin", model("1"), "--off").exitCode())
                .isZero();
        assertThat(CommandRun.of("models", "gc", "simulated-city", "--keep", "1", "--dir", models, "--dry-run")
                        .out())
                .contains("would remove versions [1]");
        assertThat(Path.of(model("1"))).exists();
        assertThat(json(clean).at("/removed/0").asInt()).isEqualTo(1);
        assertThat(Path.of(model("1"))).doesNotExist();
        // and a network's folder works in place of its name
        CommandRun folder = CommandRun.of("models", "gc", model("..") + "/simulated-city", "--keep", "9");
        assertThat(folder.out()).isEqualTo("network simulated-city: nothing to remove\n");
        CommandRun unknown = CommandRun.of("models", "gc", "atlantis", "--keep", "1", "--registry", models);
        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(unknown.err()).contains("network atlantis: must have models in " + models);
    }

    @Test
    void anArtefactThatCannotBeReadBreaksNoCommand() throws IOException {
        // Given a champion that is damaged, or of a format that is no longer read
        train(history, 1);
        Path old = Path.of(model("1"), "model.zip");
        byte[] bytes = Files.readAllBytes(old);
        bytes[bytes.length / 2] ^= 1;
        Files.write(old, bytes);

        // When another model is trained, then it becomes champion, and the reason is reported
        JsonNode trained = train(history, 1);
        assertThat(trained.at("/champion/promoted").asBoolean()).isTrue();
        assertThat(trained.at("/champion/reason").asString())
                .startsWith("the one before cannot be read: " + old + ": damaged");
        train(history, 2);

        // When models are listed, then the damaged one is named, wherever the folder is
        String models = folder.resolve("models").toString();
        for (String named : List.of(models, model(""))) {
            CommandRun list = CommandRun.of("models", "list", named);
            assertThat(list.exitCode()).as(list.err()).isZero();
            assertThat(list.out()).hasLineCount(3);
            assertThat(list.out().lines().findFirst().orElseThrow())
                    .startsWith("simulated-city   1 ")
                    .contains("cannot be read: " + old + ": damaged");
        }
        JsonNode rows = json("models", "list", models).at("/models");
        assertThat(rows.at("/0/problem").asString()).contains("damaged");
        assertThat(rows.at("/0/id").isNull()).isTrue();
        assertThat(rows.at("/1/problem").isNull()).isTrue();
        assertThat(rows.at("/1/id").asString()).isEqualTo("seq2seq-gru@2");

        // When the damaged model is among models to compare, then the others are compared
        CommandRun compared = CommandRun.of("models", "compare", model("1"), model("2"), model("3"));
        assertThat(compared.exitCode()).as(compared.err()).isZero();
        assertThat(compared.err())
                .startsWith("headwater: left out: " + old + ": damaged")
                .hasLineCount(1);
        assertThat(compared.out()).contains("seq2seq-gru@2", "seq2seq-gru@3");
        CommandRun alone = CommandRun.of("models", "compare", model("1"), model("2"));
        assertThat(alone.exitCode()).isEqualTo(1);
        assertThat(alone.err()).startsWith("headwater: " + old + ": damaged").hasLineCount(1);

        // When the registry is cleaned up, then the damaged model is removed like any other
        assertThat(json("models", "champion", model("3")).at("/model").asString())
                .isEqualTo("seq2seq-gru@3");
        assertThat(json("models", "gc", "simulated-city", "--keep", "1", "--registry", models)
                        .at("/removed")
                        .size())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"models", "topics", "config", "dead-letters", ""})
    void aGroupCalledBarePrintsItsHelp(String group) {
        // When
        CommandRun run = group.isEmpty() ? CommandRun.of() : CommandRun.of(group);

        // Then
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("headwater: ").contains("Usage: headwater", "Commands:");
    }

    @Test
    void oneWordNamesTheRegistryAndTheOldOnesStillDo() {
        // Given
        train(history, 1); // --out
        String models = folder.resolve("models").toString();

        // Then
        String listed = CommandRun.of("models", "list", "--registry", models).out();
        assertThat(listed).contains("seq2seq-gru@1");
        assertThat(CommandRun.of("models", "list", "--dir", models).out()).isEqualTo(listed);
        assertThat(Headwater.execute(new String[] {"models", "pin", model("1")}, Map.of("HEADWATER_OUT", models)))
                .isZero();
        for (String variable : List.of("HEADWATER_REGISTRY", "HEADWATER_DIR")) {
            Settings settings = Settings.read(new String[0], Map.of(variable, models), Headwater.commandLine());
            StringWriter out = new StringWriter();
            int status = Headwater.commandLine()
                    .setDefaultValueProvider(settings)
                    .setOut(new PrintWriter(out))
                    .execute("models", "list");
            assertThat(status).isZero();
            assertThat(out.toString()).as(variable).contains("seq2seq-gru@1");
        }
    }
}
