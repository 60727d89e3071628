package dev.headwater.trainer.study;

import dev.headwater.forecasting.network.Profile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.trainer.TrainingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The variants of an ablation: the model without each group of its inputs.
public final class Ablation {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String EMBEDDING = "8";
    private static final String PROFILE = "features.profile";
    private static final String SEASONAL = "features.seasonal";

    /// A group of inputs that a network may have.
    ///
    /// @param name    for the table
    /// @param key     of the network's definition
    /// @param neutral JSON value of the key without the group
    private record Group(String name, String key, String neutral) {

        boolean isIn(JsonNode network) {
            JsonNode value = network.at("/" + key.replace('.', '/'));
            return !value.isMissingNode() && !value.isNull() && !value.equals(JSON.readTree(neutral));
        }

        Variant without() {
            return new Variant("without " + name, Map.of(key, neutral), Map.of());
        }
    }

    private static final List<Group> GROUPS = List.of(
            new Group("calendar", "features.calendar", "[]"),
            new Group("profile", PROFILE, "\"none\""),
            new Group("seasonal", SEASONAL, "false"),
            new Group("daily cycle", "features.dailyCycle", "false"),
            new Group("vectors", "features.vectors", "[]"),
            new Group("scaling by window", "features.scaledBy", "\"training\""));

    private Ablation() {}

    /// One training of the study.
    ///
    /// @param name     for the table
    /// @param network  changed keys of the network's definition, values as in YAML
    /// @param settings changed settings of the trainer
    public record Variant(String name, Map<String, String> network, Map<String, String> settings) {}

    /// The full model, one without each group of inputs that the network has, and one with embeddings added or
    /// removed.
    public static List<Variant> variants(SensorNetwork network, TrainingSettings settings) {
        JsonNode definition = JSON.valueToTree(network);
        List<Variant> variants = new ArrayList<>();
        variants.add(new Variant("full", Map.of(), Map.of()));
        GROUPS.stream()
                .filter(group -> group.isIn(definition))
                .map(Group::without)
                .forEach(variants::add);
        if (network.features().profile() == Profile.MOVING) {
            variants.add(new Variant("fixed profile instead", Map.of(PROFILE, "fixed"), Map.of()));
        }
        if (network.features().readsSeasonalState() && settings.embedding() == 0) {
            variants.add(new Variant(
                    "embeddings instead of profile and seasonal",
                    Map.of(PROFILE, "none", SEASONAL, "false"),
                    Map.of("embedding", EMBEDDING)));
        }
        variants.add(
                settings.embedding() == 0
                        ? new Variant("with embeddings", Map.of(), Map.of("embedding", EMBEDDING))
                        : new Variant("without embeddings", Map.of(), Map.of("embedding", "0")));
        return variants;
    }
}
