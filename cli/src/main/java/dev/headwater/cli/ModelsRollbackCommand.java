package dev.headwater.cli;

import dev.headwater.bus.ModelHistory;
import dev.headwater.bus.ModelTopic;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.artefact.Artefact;
import dev.headwater.forecasting.network.SensorNetwork;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Publishes an older version again.
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = "Publish an older version again: the highest below the active one, or the one named. A model that"
                + " forecasts in the shadow is withdrawn.",
        footer = {
            "",
            "Versions are searched on " + Topics.MODELS + ", then in the registry (--registry).",
            "The version keeps its number; forecasts name it.",
            "",
            "Examples:",
            "  headwater models rollback --network pems-bay",
            "  headwater models rollback --network pems-bay --to 3 --bootstrap localhost:9092"
        })
final class ModelsRollbackCommand implements Runnable {

    @Mixin
    private NetworkOption network = new NetworkOption();

    @Option(
            names = "--to",
            paramLabel = "VERSION",
            description = "The version to publish; default: the one before the active version.")
    private @Nullable Integer to;

    @Mixin
    private RegistryOption registry = new RegistryOption();

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private Answer answer = new Answer();

    /// What `models rollback --json` prints.
    ///
    /// @param from   `name@version` that was active
    /// @param model  `name@version` that is active now
    /// @param offset offset of the model's new record
    record Report(String network, String from, String model, long offset) {}

    @Override
    public void run() {
        SensorNetwork definition = network.load();
        ModelHistory history = ModelHistory.read(kafka.client(), definition, registry.folder());
        Artefact version = history.version(to == null ? history.beforeActive() : to);
        ModelTopic.Publication published = ModelsPublishCommand.publish(kafka, version);
        history.challenger().ifPresent(challenger -> {
            ModelTopic.withdraw(kafka.client(), definition.name());
            answer.tell("withdrew the challenger " + challenger.label());
        });
        answer.print(new Report(definition.name(), history.activeId(), published.model(), published.offset()), out -> {
            out.printf("network %s: back from %s to %s%n", definition.name(), history.activeId(), published.model());
            ModelsPublishCommand.print(out, published);
        });
    }
}
