package dev.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.forecasting.network.Network;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.ingest.simulator.CitySimulator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
        Network network = NetworkFile.load("simulated-city");
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
        // Given a model of some epochs, which is champion for want of another
        assertThat(train(history, 4).at("/champion/promoted").asBoolean()).isTrue();
        // When one of a single epoch follows, then the champion stays
        JsonNode worse = train(history, 1);
        assertThat(worse.at("/champion/promoted").asBoolean()).isFalse();
        assertThat(worse.at("/champion/reason").asString()).contains("that of seq2seq-gru@1");
        assertThat(champions()).containsExactly(1);
        // When a model is trained on other data, then it is not compared
        JsonNode other = train(city("other.csv", 4), 4);
        assertThat(other.at("/champion/promoted").asBoolean()).isFalse();
        assertThat(other.at("/champion/reason").asString()).contains("was judged on other data: data fingerprint");
        // When the champion is chosen by hand, then it is that, and evaluate takes it by that name
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
        // When those on the same data are compared, then they are ranked, and what differs is told
        JsonNode ranked = json("models", "compare", model("1"), model("2"));
        assertThat(ranked.at("/ranked").asBoolean()).isTrue();
        assertThat(ranked.at("/models/0/validation").asDouble())
                .isLessThan(ranked.at("/models/1/validation").asDouble());
        assertThat(ranked.at("/differences/epochs").size()).isEqualTo(2);
        assertThat(ranked.at("/differences/hidden").isMissingNode()).isTrue();
        // When one on other data is among them, then they are not
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
    }
}
