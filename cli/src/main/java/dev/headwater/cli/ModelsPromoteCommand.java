package dev.headwater.cli;

import dev.headwater.bus.ModelHistory;
import dev.headwater.bus.ModelTopic;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.SensorNetwork;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Makes the challenger the champion.
@Command(
        name = "promote",
        mixinStandardHelpOptions = true,
        description = "Make the model that forecasts in the shadow the one whose forecasts are issued.",
        footer = {
            "",
            "The model before stays in the registry: `models rollback --to VERSION` goes back.",
            "",
            "Example:",
            "  headwater models promote --network pems-bay --bootstrap localhost:9092"
        })
final class ModelsPromoteCommand implements Runnable {

    @Mixin
    private NetworkOption network = new NetworkOption();

    @Mixin
    private RegistryOption registry = new RegistryOption();

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private Answer answer = new Answer();

    /// What `models promote --json` prints.
    ///
    /// @param from     `name@version` that was champion; empty when there was none
    /// @param model    `name@version` that is champion now
    /// @param artefact its identity
    /// @param offset   offset of its new record
    record Report(String network, String from, String model, String artefact, long offset) {}

    @Override
    public void run() {
        SensorNetwork definition = network.load();
        ModelHistory history = ModelHistory.read(kafka.client(), definition, registry.folder());
        ModelHistory.Found challenger = history.challenger()
                .orElseThrow(() -> new InvalidInputException("network " + definition.name()
                        + ": must have a challenger on " + Topics.MODELS + " to promote, found none"));
        String from = history.champion().map(ModelHistory.Found::id).orElse("");
        ModelTopic.Publication published = ModelTopic.promote(kafka.client(), challenger.artefact(), sent -> {});
        answer.print(
                new Report(definition.name(), from, published.model(), published.artefact(), published.offset()),
                out -> out.printf(
                        "network %s: %s serves%s%n",
                        definition.name(), challenger.label(), from.isEmpty() ? "" : " instead of " + from));
    }
}
