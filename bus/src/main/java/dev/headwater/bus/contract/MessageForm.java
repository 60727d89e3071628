package dev.headwater.bus.contract;

import dev.headwater.bus.ValueFormat;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One form of the records of a topic.
///
/// @param name        within the document, with the network's name unless it is the same for all
/// @param title       for people
/// @param description what it says, and what its record time means
/// @param contentType of the value
/// @param key         schema of the key, which is UTF-8
/// @param headers     schema of the headers, whose values are UTF-8; empty when there are none
/// @param payload     schema of the value, or a reference to one
/// @param examples    that the codecs have written
record MessageForm(
        String name,
        String title,
        String description,
        String contentType,
        ObjectNode key,
        Optional<ObjectNode> headers,
        ObjectNode payload,
        List<Example> examples) {

    static final String JSON = "application/json";
    static final String BINARY = "application/octet-stream";

    /// @param name    of one word
    /// @param headers an object; empty when it has none
    record Example(String name, String summary, ObjectNode headers, JsonNode payload) {

        static Example of(String name, String summary, byte[] json) {
            return new Example(name, summary, Tree.object(), Tree.parse(json));
        }

        private ObjectNode toTree() {
            ObjectNode tree = Tree.object("name", name, "summary", summary);
            if (!headers.isEmpty()) {
                tree.set("headers", headers);
            }
            tree.set("payload", payload);
            return tree;
        }
    }

    /// A message in JSON.
    static MessageForm json(
            String name, String title, String description, ObjectNode key, ObjectNode payload, Example... examples) {
        return new MessageForm(name, title, description, JSON, key, Optional.empty(), payload, List.of(examples));
    }

    /// A message of bytes, in the binary form of a value.
    ///
    /// @param bytes how many there are, for people
    static MessageForm binary(String name, String title, String description, ObjectNode key, String bytes) {
        ObjectNode payload = Tree.string(bytes, "format", "binary");
        return new MessageForm(name, title, description, BINARY, key, Optional.empty(), payload, List.of())
                .withFormat(ValueFormat.BINARY);
    }

    /// The same with the header that states the form.
    MessageForm withFormat(ValueFormat format) {
        ObjectNode header = Tree.string(
                "The form of the value; where it is absent, the first byte of the value tells.",
                "const",
                format.word());
        ObjectNode all = Tree.object("type", "object", "properties", Tree.object(ValueFormat.HEADER, header));
        return new MessageForm(name, title, description, contentType, key, Optional.of(all), payload, examples);
    }

    /// As AsyncAPI's message object.
    ObjectNode toTree() {
        ObjectNode tree =
                Tree.object("name", name, "title", title, "description", description, "contentType", contentType);
        headers.ifPresent(schema -> tree.set("headers", schema));
        tree.set("payload", payload);
        tree.set("bindings", Tree.object("kafka", Tree.object("key", key, "bindingVersion", AsyncApi.KAFKA_BINDING)));
        if (!examples.isEmpty()) {
            tree.set(
                    "examples",
                    Tree.array(examples.stream().map(Example::toTree).toList()));
        }
        return tree;
    }
}
