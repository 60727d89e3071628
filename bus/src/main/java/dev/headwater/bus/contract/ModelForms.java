package dev.headwater.bus.contract;

import dev.headwater.bus.ModelTopic;
import dev.headwater.bus.PartsHead;
import dev.headwater.bus.Topics;
import dev.headwater.bus.contract.MessageForm.Example;
import dev.headwater.forecasting.network.SensorNetwork;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// The forms of a record on the models topic: an artefact, or the parts of one and what completes them.
record ModelForms(List<SensorNetwork> networks) {

    private static final String TIME = "Record time: when it was published.";

    TopicContract contract() {
        return new TopicContract(
                Topics.models(),
                TopicContract.Direction.RECEIVE,
                "Models",
                "the trainer; models publish, rollback, promote",
                "serve",
                "network, and role of the model: " + String.join(", ", Keys.models(networks)),
                "binary: an artefact (zip), or one in parts",
                "when it was published",
                List.of(whole(), head(), part(), withdrawal()));
    }

    private MessageForm whole() {
        return new MessageForm(
                "model",
                "Model",
                "A sealed artefact. The newest record of a key is the model in that role. " + TIME,
                "application/zip",
                Keys.model(networks),
                Optional.of(version()),
                bytes("The zip."),
                List.of());
    }

    private MessageForm part() {
        return new MessageForm(
                "model-part",
                "Part of a model",
                "A piece of an artefact that is too large for one record, in the transaction of the record that"
                        + " completes it. " + TIME,
                MessageForm.BINARY,
                Keys.part(networks),
                Optional.empty(),
                bytes("Bytes of the zip, in the order of the parts."),
                List.of());
    }

    private MessageForm head() {
        PartsHead example = new PartsHead("0123456789abcdef".repeat(4), 20_000_000, 3);
        ObjectNode line = Tree.string(
                "SHA-256 of the artefact, its bytes, the number of its parts.", "pattern", "^" + PartsHead.FORM + "$");
        return new MessageForm(
                "model-head",
                "Model in parts",
                "Completes an artefact whose parts came before it. " + TIME,
                "text/plain",
                Keys.model(networks),
                Optional.of(version()),
                line,
                List.of(new Example(
                        "parts",
                        "An artefact of 20 MB.",
                        Tree.object(ModelTopic.VERSION_HEADER, "3"),
                        Tree.text(new String(example.encode(), StandardCharsets.US_ASCII)))));
    }

    /// A record without a value.
    private MessageForm withdrawal() {
        return new MessageForm(
                "model-withdrawal",
                "No model",
                "Withdraws the model of its key, a challenger, or a part that is no longer needed. " + TIME,
                MessageForm.BINARY,
                Tree.string("The key of an artefact or of a part."),
                Optional.empty(),
                Tree.object("description", "There is no value.", "type", "null"),
                List.of());
    }

    private static ObjectNode bytes(String description) {
        return Tree.string(description, "format", "binary");
    }

    private static ObjectNode version() {
        ObjectNode header = Tree.string("Version of the artefact; the one inside it counts.", "pattern", "^[0-9]+$");
        return Tree.object("type", "object", "properties", Tree.object(ModelTopic.VERSION_HEADER, header));
    }
}
