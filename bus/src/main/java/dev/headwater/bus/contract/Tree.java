package dev.headwater.bus.contract;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes JSON trees.
final class Tree {

    private Tree() {}

    /// @param pairs names and values in turn: texts, numbers, truth values, lists of these, or trees
    static ObjectNode object(Object... pairs) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        for (int i = 0; i < pairs.length; i += 2) {
            node.set((String) pairs[i], JsonMapper.shared().valueToTree(pairs[i + 1]));
        }
        return node;
    }

    /// The schema of a text.
    ///
    /// @param rules names and values in turn
    static ObjectNode string(String description, Object... rules) {
        ObjectNode schema = object("description", description, "type", "string");
        schema.setAll(object(rules));
        return schema;
    }

    static ArrayNode array(List<? extends JsonNode> nodes) {
        return JsonMapper.shared().createArrayNode().addAll(nodes);
    }

    static JsonNode list(Collection<String> texts) {
        return JsonMapper.shared().valueToTree(texts);
    }

    static JsonNode text(String text) {
        return JsonMapper.shared().valueToTree(text);
    }

    static ObjectNode parse(byte[] json) {
        return (ObjectNode) JsonMapper.shared().readTree(json);
    }

    /// A reference to another place of the document.
    ///
    /// @param path names from the root
    static ObjectNode reference(String... path) {
        return object("$ref", pointer(path));
    }

    private static String pointer(String... path) {
        StringBuilder pointer = new StringBuilder("#");
        Arrays.stream(path).forEach(name -> pointer.append('/').append(name)); // no name has ~ or /
        return pointer.toString();
    }
}
