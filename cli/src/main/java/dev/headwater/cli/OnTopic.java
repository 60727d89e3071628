package dev.headwater.cli;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.ModelHistory;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.artefact.ModelRegistry;
import dev.headwater.forecasting.artefact.ModelSummary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The models of a network on the models topic, for a listing.
///
/// @param champion   `name@version (identity)` of the one that serves; empty for none
/// @param challenger of the one that forecasts in the shadow; empty for none
record OnTopic(String network, String champion, String challenger) {

    /// Those of the networks whose models are listed, as far as one of these can be read.
    static List<OnTopic> of(List<ModelSummary> rows, ClientConfig client, Path registry) {
        List<OnTopic> found = new ArrayList<>();
        for (ModelSummary row : rows) {
            if (row.problem() == null && found.stream().noneMatch(one -> one.network.equals(row.network()))) {
                ModelHistory history = ModelHistory.read(
                        client,
                        ModelRegistry.load(Path.of(row.path())).manifest().network(),
                        registry);
                found.add(new OnTopic(
                        row.network(),
                        history.champion().map(ModelHistory.Found::label).orElse(""),
                        history.challenger().map(ModelHistory.Found::label).orElse("")));
            }
        }
        return found;
    }

    String line() {
        return network + " on " + Topics.MODELS + ": champion " + named(champion) + ", challenger " + named(challenger);
    }

    private static String named(String model) {
        return model.isEmpty() ? "none" : model;
    }
}
