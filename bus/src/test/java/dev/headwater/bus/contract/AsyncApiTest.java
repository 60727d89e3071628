package dev.headwater.bus.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.ForecastCodec;
import dev.headwater.bus.TopicSpec;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The AsyncAPI document. Its rules are those of AsyncAPI 3.0 that concern what is in it.
class AsyncApiTest {

    private static final int PARTITIONS = 7;
    private static final String FORECAST = "#/components/schemas/forecast";

    private static ObjectNode document(String... names) {
        return AsyncApi.of(Contract.of(networks(names), PARTITIONS), ClientConfig.of("one:9092, two:9093"), "1.2.3");
    }

    private static List<SensorNetwork> networks(String... names) {
        return Arrays.stream(names).map(NetworkFile::load).toList();
    }

    private static Stream<TopicSpec> specs(String... names) {
        return networks(names).stream()
                .flatMap(network -> Topics.of(network).specs(PARTITIONS).stream())
                .distinct();
    }

    /// All `$ref` of a tree.
    private static Set<String> references(JsonNode document) {
        return new HashSet<>(document.findValuesAsString("$ref"));
    }

    private static JsonNode headers(JsonNode of) {
        return of.has("headers") ? of.get("headers") : Tree.object();
    }

    private static List<Error> errors(JsonNode document, JsonNode schema, JsonNode value) {
        ObjectNode alone = Tree.object("allOf", List.of(schema), "components", document.get("components"));
        Schema rules = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema(alone.toString(), InputFormat.JSON);
        return rules.validate(
                value.toString(),
                InputFormat.JSON,
                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pems-bay", "jena", "speech", "pems-bay,speech"})
    void hasEveryTopicWithItsPartitionsAndRetention(String names) {
        // Given
        String[] all = names.split(",");

        // When
        JsonNode channels = document(all).get("channels");

        // Then
        assertThat(channels.propertyNames())
                .containsExactlyInAnyOrderElementsOf(
                        specs(all).map(TopicSpec::name).toList());
        specs(all).forEach(spec -> {
            JsonNode channel = channels.get(spec.name());
            JsonNode kafka = channel.at("/bindings/kafka");
            assertThat(channel.get("address").asString()).isEqualTo(spec.name());
            assertThat(kafka.get("partitions").asInt()).isEqualTo(spec.partitions());
            assertThat(kafka.at("/topicConfiguration/cleanup.policy/0").asString())
                    .isEqualTo(spec.config().get("cleanup.policy"));
            assertThat(kafka.at("/topicConfiguration/retention.bytes").asString())
                    .isEqualTo(spec.config().getOrDefault("retention.bytes", ""));
            assertThat(channel.get("x-internal") != null)
                    .as("%s is internal", spec.name())
                    .isEqualTo(spec.name().contains("drift-reports"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"pems-bay", "jena", "speech", "pems-bay,speech"})
    void refersToNothingOutsideItself(String names) {
        // When
        ObjectNode document = document(names.split(","));

        // Then each reference leads to something, and each schema and message is used
        Set<String> references = references(document);
        assertThat(references)
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
        for (String kind : List.of("schemas", "messages")) {
            assertThat(document.at("/components/" + kind).propertyNames())
                    .allSatisfy(name -> assertThat(references).contains("#/components/" + kind + "/" + name));
        }
        assertThat(document.findValues("$id")).isEmpty();
        assertThat(document.findValues("$defs")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pems-bay", "jena", "speech", "pems-bay,speech"})
    void hasExamplesThatKeepToTheSchemas(String names) {
        // Given
        ObjectNode document = document(names.split(","));

        // When
        List<String> seen = new ArrayList<>();
        for (JsonNode message : document.at("/components/messages")) {
            for (JsonNode example : message.path("examples")) {
                seen.add(message.get("title").asString());
                assertThat(errors(document, message.get("payload"), example.get("payload")))
                        .as("%s", example)
                        .isEmpty();
                assertThat(errors(
                                document,
                                headers(message),
                                example.has("headers") ? example.get("headers") : Tree.object()))
                        .as("%s", example)
                        .isEmpty();
            }
        }

        // Then
        assertThat(seen).contains("Forecast", "Live accuracy", "Dead letter", "Model in parts");
    }

    @Test
    void hasTheStructureOfAsyncApi() {
        // When
        ObjectNode document = document("pems-bay", "speech");

        // Then
        assertThat(document.propertyNames())
                .containsExactly(
                        "asyncapi", "info", "defaultContentType", "servers", "channels", "operations", "components");
        assertThat(document.get("asyncapi").asString()).isEqualTo("3.0.0");
        assertThat(document.get("info").propertyNames()).containsExactly("title", "version", "description");
        assertThat(document.at("/servers/kafka/host").asString()).isEqualTo("one:9092");
        assertThat(document.at("/servers/kafka-2/host").asString()).isEqualTo("two:9093");
        for (JsonNode operation : document.get("operations")) {
            String channel = operation.at("/channel/$ref").asString();
            assertThat(operation.get("action").asString()).isIn("send", "receive");
            assertThat(operation.get("messages"))
                    .isNotEmpty()
                    .allSatisfy(message ->
                            assertThat(message.get("$ref").asString()).startsWith(channel + "/messages/"));
        }
        for (JsonNode message : document.at("/components/messages")) {
            assertThat(message.propertyNames())
                    .contains("name", "title", "description", "contentType", "payload", "bindings")
                    .isSubsetOf(
                            "name",
                            "title",
                            "description",
                            "contentType",
                            "headers",
                            "payload",
                            "bindings",
                            "examples");
            assertThat(message.get("description").asString()).contains("Record time: ");
            assertThat(message.at("/bindings/kafka/key/description").asString()).isNotEmpty();
        }
    }

    @Test
    void takesTheViewOfTheStream() {
        // When
        JsonNode operations = document("pems-bay").get("operations");

        // Then
        assertThat(operations.propertyNames())
                .contains("receive.traffic.pems-bay.readings.v1", "send.traffic.pems-bay.forecasts.v1")
                .contains("receive.headwater.models.v1", "send.traffic.pems-bay.readings.dlq.v1")
                .noneMatch(name -> name.contains("drift-reports"));
    }

    @ParameterizedTest
    @CsvSource({"PLAINTEXT, kafka", "SASL_PLAINTEXT, kafka", "SASL_SSL, kafka-secure", "ssl, kafka-secure"})
    void saysWhetherTheWayToKafkaIsEncryptedAndNoOtherSetting(String security, String protocol) {
        // Given
        ClientConfig client =
                new ClientConfig("one:9092", Map.of("security.protocol", security, "ssl.key.password", "hidden"));

        // When
        ObjectNode document = AsyncApi.of(Contract.of(networks("pems-bay"), 1), client, "1");

        // Then
        assertThat(document.at("/servers/kafka/protocol").asString()).isEqualTo(protocol);
        assertThat(document.toString()).doesNotContain("hidden");
    }

    @Test
    void describesEveryField() {
        // When
        ObjectNode document = document("pems-bay", "jena", "speech");

        // Then, conditions left out
        document.findParents("then").forEach(rules -> ((ObjectNode) rules).remove(List.of("then", "else")));
        List<JsonNode> tables = document.at("/components").findValues("properties");
        assertThat(tables).hasSizeGreaterThan(10);
        tables.stream()
                .flatMap(table -> table.propertyStream())
                .forEach(
                        field -> assertThat(field.getValue().path("description").asString(""))
                                .as(field.getKey())
                                .isNotEmpty());
        assertThat(document.at("/components/schemas/traffic.pems-bay.reading/properties/speed/description")
                        .asString())
                .isEqualTo("unit: mph; 0.0 means missing; refused below 0.0; refused above 200.0");
        assertThat(document.at("/components/messages/traffic.pems-bay.forecast/description")
                        .asString())
                .contains("speed in mph at 12 steps of 300.0 s");
    }

    @Test
    void tellsBothFormsOfAForecast() {
        // When
        JsonNode document = document("pems-bay");
        JsonNode messages = document.at("/components/messages");

        // Then
        assertThat(document.at("/channels/traffic.pems-bay.forecasts.v1/messages")
                        .propertyNames())
                .containsExactly("traffic.pems-bay.forecast", "traffic.pems-bay.forecast-binary");
        for (String form : List.of("json", "binary")) {
            String name = "traffic.pems-bay.forecast" + (form.equals("json") ? "" : "-binary");
            JsonNode header = messages.get(name).at("/headers/properties/headwater-format/const");
            assertThat(header.asString()).isEqualTo(form);
        }
        String example = messages.get("traffic.pems-bay.forecast-binary")
                .get("description")
                .asString()
                .replaceFirst(".*in hexadecimal: ([0-9a-f]+)\\. .*", "$1");
        Forecast forecast = new ForecastCodec(networks("pems-bay").getFirst())
                .decode(HexFormat.of().parseHex(example));
        assertThat(forecast.abstained()).isTrue();
    }

    /// The published schema says the same in a newer draft.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"sensor\":\"a\",\"issuedAt\":\"2017-05-25T07:00:00Z\",\"intervalSeconds\":300,\"values\":[],\"observed\":0,\"lookback\":4,\"model\":\"m\"}",
                "{\"sensor\":\"a\",\"issuedAt\":\"2017-05-25T07:00:00Z\",\"intervalSeconds\":300,\"values\":[1],\"level\":0.8,\"observed\":0,\"lookback\":4,\"model\":\"m\"}",
                "{\"sensor\":\"a\",\"issuedAt\":\"2017-05-25T07:00:00+01:00\",\"intervalSeconds\":300,\"values\":[1],\"observed\":0,\"lookback\":4,\"model\":\"m\"}",
                "{\"sensor\":\"a\",\"issuedAt\":\"2017-05-25T07:00:00Z\",\"intervalSeconds\":300,\"values\":[\"1\"],\"observed\":0,\"lookback\":4,\"model\":\"m\"}",
            })
    void keepsTheRulesOfThePublishedSchemas(String forecast) {
        // Given
        ObjectNode document = document("pems-bay");

        // When / Then
        JsonNode value = Tree.parse(forecast.getBytes(StandardCharsets.UTF_8));
        assertThat(errors(document, Tree.object("$ref", FORECAST), value)).isNotEmpty();
    }

    @Test
    void needsNetworksThatDiffer() {
        assertThatThrownBy(() -> Contract.of(networks("pems-bay", "pems-bay"), 1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("networks: must differ in name, found pems-bay twice");
        assertThatThrownBy(() -> Contract.of(List.of(), 1)).isInstanceOf(InvalidInputException.class);
    }
}
