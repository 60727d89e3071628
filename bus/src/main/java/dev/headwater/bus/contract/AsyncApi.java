package dev.headwater.bus.contract;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.network.SensorNetwork;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import tools.jackson.databind.node.ObjectNode;

/// Writes the contract as a document of
/// [AsyncAPI 3.0](https://www.asyncapi.com/docs/reference/specification/v3.0.0). It refers to nothing
/// outside itself.
///
/// The application that it describes is the stream: it receives readings and sends forecasts. A program
/// that reads forecasts therefore receives what is sent here.
public final class AsyncApi {

    static final String VERSION = "3.0.0";
    static final String KAFKA_BINDING = "0.5.0";

    private static final String KAFKA = "kafka";
    private static final String ABOUT =
            "The topics of %s, from the view of the stream (`headwater serve`): it receives readings and models, and"
                    + " sends everything else. Record time is event time, so the clock of a replay is that of its data."
                    + " Fields are added, never renamed or removed: ignore those that you do not know. With exactly-once"
                    + " delivery read committed records only (isolation.level=read_committed).";

    private final Contract contract;
    private final List<TopicContract> topics;

    private AsyncApi(Contract contract) {
        this.contract = contract;
        this.topics = contract.topics();
    }

    /// @param client  where Kafka is; only the addresses and whether they are encrypted are told
    /// @param version of Headwater
    /// @return the document
    public static ObjectNode of(Contract contract, ClientConfig client, String version) {
        return new AsyncApi(contract).document(client, version);
    }

    private ObjectNode document(ClientConfig client, String version) {
        return Tree.object(
                "asyncapi", VERSION,
                "info", info(version),
                "defaultContentType", MessageForm.JSON,
                "servers", servers(client),
                "channels", channels(),
                "operations", operations(),
                "components", Tree.object("messages", messages(), "schemas", schemas()));
    }

    private ObjectNode info(String version) {
        String names = contract.networks().stream()
                .map(network -> Topics.of(network).prefix())
                .collect(Collectors.joining(", "));
        return Tree.object("title", "Headwater: " + names, "version", version, "description", ABOUT.formatted(names));
    }

    private static ObjectNode servers(ClientConfig client) {
        String security = client.overrides().getOrDefault(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "PLAINTEXT");
        String protocol = security.toUpperCase(Locale.ROOT).endsWith("SSL") ? "kafka-secure" : KAFKA;
        ObjectNode servers = Tree.object();
        for (String address : client.bootstrapServers().split(",")) {
            String name = servers.isEmpty() ? KAFKA : KAFKA + "-" + (servers.size() + 1);
            servers.set(
                    name,
                    Tree.object("host", address.strip(), "protocol", protocol, "description", "A bootstrap address."));
        }
        return servers;
    }

    private ObjectNode channels() {
        ObjectNode channels = Tree.object();
        topics.forEach(topic -> channels.set(topic.topic().name(), Channel.of(topic)));
        return channels;
    }

    private ObjectNode operations() {
        ObjectNode operations = Tree.object();
        topics.stream().filter(topic -> !topic.isInternal()).forEach(topic -> {
            String name = topic.topic().name();
            String action = topic.direction().action();
            ObjectNode operation =
                    Tree.object("action", action, "title", topic.title(), "channel", Tree.reference("channels", name));
            operation.set("messages", Channel.messages(topic));
            operations.set(action + "." + name, operation);
        });
        return operations;
    }

    private ObjectNode messages() {
        ObjectNode messages = Tree.object();
        topics.stream()
                .flatMap(topic -> topic.messages().stream())
                .forEach(message -> messages.set(message.name(), message.toTree()));
        return messages;
    }

    /// Those of readings differ by network, the others do not; only those that are used are told.
    private ObjectNode schemas() {
        ObjectNode schemas = Tree.object();
        for (ReadingForms readings : contract.readings()) {
            if (readings.network().audio() == null) {
                ObjectNode schema = SchemaForm.of(Schemas.reading(readings.network()), readings.schema());
                schema.remove("examples"); // of other measures; the message has its own
                schemas.set(readings.schema(), schema);
            }
        }
        shared().forEach((name, schema) -> schemas.set(name, SchemaForm.of(schema, name)));
        return schemas;
    }

    private Map<String, String> shared() {
        Map<String, String> shared = new LinkedHashMap<>();
        shared.put(NetworkContract.FORECAST, Schemas.forecast());
        shared.put(NetworkContract.ACCURACY, Schemas.accuracy());
        List<SensorNetwork> networks = contract.networks();
        if (networks.stream().anyMatch(network -> network.audio() != null)) {
            shared.put(NetworkContract.KEYWORD, Schemas.keyword());
        }
        if (networks.stream().anyMatch(network -> network.audio() == null)) {
            shared.put(NetworkContract.DRIFT, Schemas.drift());
        }
        return shared;
    }
}
