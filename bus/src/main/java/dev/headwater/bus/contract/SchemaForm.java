package dev.headwater.bus.contract;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Puts a published schema (JSON Schema, draft 2020-12) into the form of AsyncAPI's own schemas, a
/// superset of draft 07: tools that read AsyncAPI know that one, and few know newer drafts. The rules
/// stay the same.
///
/// References become pointers from the root of the document. The schema's identity goes into a comment:
/// with `$id`, its references would be resolved against that.
final class SchemaForm {

    private static final String REF = "$ref";
    private static final String OLD_REF = "#/$defs/";
    private static final Set<String> IDENTITY = Set.of("$schema", "$id");
    private static final Map<String, String> RENAMED =
            Map.of("$defs", "definitions", "dependentRequired", "dependencies");

    private final String component;

    private SchemaForm(String component) {
        this.component = component;
    }

    /// @param schema    text of a published schema
    /// @param component its name among the schemas of the document
    static ObjectNode of(String schema, String component) {
        ObjectNode published = Tree.parse(schema.getBytes(StandardCharsets.UTF_8));
        ObjectNode form = Tree.object(
                "$comment", "Published as " + published.path("$id").asString() + ", there in draft 2020-12.");
        form.setAll(new SchemaForm(component).object(published));
        return form;
    }

    private ObjectNode object(ObjectNode from) {
        ObjectNode to = Tree.object();
        from.forEachEntry((name, value) -> {
            if (name.equals(REF)) {
                refer(to, value.asString(), from.size() == 1);
            } else if (!IDENTITY.contains(name)) {
                to.set(RENAMED.getOrDefault(name, name), any(value));
            }
        });
        return to;
    }

    /// Draft 07 ignores what stands beside a reference, so one with a description goes below `allOf`.
    private void refer(ObjectNode to, String reference, boolean alone) {
        String path = "#/components/schemas/" + component + "/definitions/" + reference.substring(OLD_REF.length());
        if (alone) {
            to.put(REF, path);
        } else {
            to.putArray("allOf").addObject().put(REF, path);
        }
    }

    private JsonNode any(JsonNode from) {
        return switch (from) {
            case ObjectNode object -> object(object);
            case ArrayNode array ->
                Tree.array(array.valueStream().map(this::any).toList());
            case JsonNode leaf -> leaf;
        };
    }
}
