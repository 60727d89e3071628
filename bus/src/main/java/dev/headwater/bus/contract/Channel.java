package dev.headwater.bus.contract;

import dev.headwater.bus.TopicSpec;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A topic as AsyncAPI's channel object.
final class Channel {

    private static final String CLEANUP = "cleanup.policy";
    private static final List<String> NUMBERS = List.of("retention.ms", "retention.bytes", "max.message.bytes");

    private Channel() {}

    static ObjectNode of(TopicContract topic) {
        ObjectNode channel = Tree.object(
                "address",
                topic.topic().name(),
                "title",
                topic.title(),
                "description",
                "Written by: " + topic.writers() + ". Read by: " + topic.readers() + ". Key: " + topic.key()
                        + ". Record time: " + topic.time() + ".");
        if (topic.isInternal()) {
            channel.put("x-internal", true);
        } else {
            ObjectNode messages = Tree.object();
            topic.messages()
                    .forEach(message ->
                            messages.set(message.name(), Tree.reference("components", "messages", message.name())));
            channel.set("messages", messages);
        }
        channel.set("bindings", Tree.object("kafka", binding(topic.topic())));
        return channel;
    }

    /// References to the messages of a topic, as they are in its channel.
    static ArrayNode messages(TopicContract topic) {
        return Tree.array(topic.messages().stream()
                .map(message -> Tree.reference("channels", topic.topic().name(), "messages", message.name()))
                .toList());
    }

    private static ObjectNode binding(TopicSpec topic) {
        return Tree.object(
                "topic",
                topic.name(),
                "partitions",
                topic.partitions(),
                "topicConfiguration",
                retention(topic.config()),
                "bindingVersion",
                AsyncApi.KAFKA_BINDING);
    }

    /// What a reader must know of the settings: what is kept, and how large a record may be.
    private static ObjectNode retention(Map<String, String> config) {
        ObjectNode settings = Tree.object(CLEANUP, List.of(config.getOrDefault(CLEANUP, "delete")));
        for (String name : NUMBERS) {
            String value = config.get(name);
            if (value != null) {
                settings.put(name, Long.parseLong(value));
            }
        }
        return settings;
    }
}
