package dev.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.EmbeddedBroker;
import dev.headwater.bus.ModelHistory;
import dev.headwater.bus.ModelRole;
import dev.headwater.bus.ModelTopic;
import dev.headwater.forecasting.artefact.Artefact;
import dev.headwater.forecasting.artefact.ModelRegistry;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.ingest.simulator.CitySimulator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the commands do with a model that forecasts in the shadow.
class ChallengerCommandsTest {

    private static final SensorNetwork NETWORK = NetworkFile.load("simulated-city");

    @TempDir
    private Path folder;

    private final Series series = new CitySimulator(NETWORK, 3, 7).history(5_000_000, 60);
    private EmbeddedBroker broker;
    private ClientConfig client;
    private Artefact first;
    private Artefact second;

    /// A champion and a challenger.
    @BeforeEach
    void publish() {
        broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
        client = ClientConfig.of(broker.bootstrapServers());
        first = registered();
        second = registered();
        ModelTopic.publish(client, first, sent -> {});
        ModelTopic.publish(client, second, ModelRole.CHALLENGER, sent -> {});
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private Artefact registered() {
        ModelRegistry registry = new ModelRegistry(folder.resolve("models"));
        return ModelRegistry.artefact(
                registry.publish(UntrainedModel.of(series)).file());
    }

    private CommandRun models(String... arguments) {
        List<String> all = new ArrayList<>(List.of("models"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--bootstrap", broker.bootstrapServers()));
        all.addAll(List.of("--registry", folder.resolve("models").toString()));
        CommandRun run = CommandRun.of(all.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run;
    }

    private static JsonNode json(CommandRun run) {
        return JsonMapper.shared().readTree(run.out());
    }

    private Optional<String> onTopic(ModelRole role) {
        ModelHistory history = ModelHistory.read(client, NETWORK, folder.resolve("models"));
        Optional<ModelHistory.Found> found = switch (role) {
            case CHAMPION -> history.champion();
            case CHALLENGER -> history.challenger();
        };
        return found.map(model -> model.artefact().identity());
    }

    @Test
    void promoteMakesItTheChampion() {
        // When
        JsonNode report = json(models("promote", "--network", "simulated-city", "--json"));

        // Then
        assertThat(report.at("/from").asString()).isEqualTo("seq2seq-gru@1");
        assertThat(report.at("/model").asString()).isEqualTo("seq2seq-gru@2");
        assertThat(report.at("/artefact").asString()).isEqualTo(second.identity());
        assertThat(onTopic(ModelRole.CHAMPION)).hasValue(second.identity());
        assertThat(onTopic(ModelRole.CHALLENGER)).isEmpty();

        // When there is none any more
        CommandRun again = CommandRun.of(
                "models", "promote", "--network", "simulated-city", "--bootstrap", broker.bootstrapServers());

        // Then
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err())
                .contains("network simulated-city: must have a challenger on headwater.models.v1")
                .hasLineCount(1);
    }

    @Test
    void rollbackWithdrawsIt() {
        // When
        CommandRun run = models("rollback", "--network", "simulated-city", "--to", "1");

        // Then
        assertThat(run.err()).contains("withdrew the challenger seq2seq-gru@2 (" + second.identity() + ")");
        assertThat(onTopic(ModelRole.CHAMPION)).hasValue(first.identity());
        assertThat(onTopic(ModelRole.CHALLENGER)).isEmpty();
    }

    @Test
    void listAndShowNameTheArtefacts() {
        // When
        CommandRun words = models("list");
        JsonNode list = json(models("list", "--json"));

        // Then
        assertThat(words.out())
                .contains(first.identity(), second.identity())
                .contains("simulated-city on headwater.models.v1: champion seq2seq-gru@1 (" + first.identity()
                        + "), challenger seq2seq-gru@2 (" + second.identity() + ")");
        assertThat(list.at("/models/1/artefact").asString()).isEqualTo(second.identity());
        assertThat(list.at("/topic/0/challenger").asString()).contains(second.identity());
        CommandRun shown = CommandRun.of(
                "models", "show", folder.resolve("models/simulated-city/1").toString(), "--json");
        assertThat(json(shown).at("/artefact").asString()).isEqualTo(first.identity());
    }
}
