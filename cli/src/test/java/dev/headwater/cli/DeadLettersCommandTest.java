package dev.headwater.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.bus.BadReadingException;
import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.DeadLetter;
import dev.headwater.bus.DeadLetterReason;
import dev.headwater.bus.EmbeddedBroker;
import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.TopicReader;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DeadLettersCommandTest {

    private static final SensorNetwork NETWORK = NetworkFile.load("pems-bay");
    private static final Topics TOPICS = Topics.of(NETWORK);
    private static final long TIME = 1_490_000_000_000L;

    @TempDir
    private Path folder;

    @Test
    void listsThemAndSendsEachBackOnce() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            // Given
            ClientConfig client = ClientConfig.of(broker.bootstrapServers());
            TopicAdmin.ensure(client, TOPICS.specs());
            put(
                    client,
                    letter(DeadLetterReason.OUT_OF_RANGE, "a", "{\"speed\": 201}", TIME),
                    letter(DeadLetterReason.OUT_OF_RANGE, "b", "{\"speed\": 202}", TIME + 1),
                    letter(DeadLetterReason.TOO_MANY_SENSORS, "c", "{\"speed\": 50}", TIME + 2),
                    letter(DeadLetterReason.TIME_BEFORE_1970, "d", "{\"speed\": 50}", -5),
                    letter(DeadLetterReason.TOO_LARGE, "e", "x".repeat(950_000), TIME + 3));

            // When
            JsonNode list = run(client, "list", "--limit", "2", "--json");
            JsonNode dry = run(client, "replay", "--dry-run", "--json");
            JsonNode first = run(client, "replay", "--reason", "out-of-range", "--json");
            JsonNode second = run(client, "replay", "--reason", "out-of-range", "--json");
            JsonNode rest = run(client, "replay", "--json");
            JsonNode last = run(client, "replay", "--json");
            put(client, letter(DeadLetterReason.OUT_OF_RANGE, "f", "{\"speed\": 203}", TIME + 4));
            JsonNode later = run(client, "replay", "--json");

            // Then
            assertThat(list.get("total").asInt()).isEqualTo(5);
            assertThat(list.at("/reasons/out-of-range").asInt()).isEqualTo(2);
            assertThat(list.get("newest")).hasSize(2);
            assertThat(list.at("/newest/0/reason").asString()).isEqualTo("too-large");
            assertThat(list.at("/newest/0/whole").asBoolean()).isFalse();
            assertThat(list.at("/newest/1/time").asString()).isEqualTo("1969-12-31T23:59:59.995Z");
            assertThat(list.at("/newest/1/source").asString()).isEqualTo(TOPICS.readings() + "-3@77");
            assertThat(sent(dry)).isEqualTo(3);
            assertThat(dry.get("cut").asInt()).isEqualTo(2);
            assertThat(sent(first)).isEqualTo(2);
            assertThat(sent(second)).isZero();
            assertThat(second.get("doneEarlier").asInt()).isEqualTo(2);
            assertThat(sent(rest)).isEqualTo(1);
            assertThat(sent(last)).isZero();
            assertThat(sent(later)).isEqualTo(1);
            List<ConsumerRecord<String, byte[]>> readings = readings(client);
            assertThat(readings).extracting(ConsumerRecord::key).containsExactlyInAnyOrder("a", "b", "c", "f");
            ConsumerRecord<String, byte[]> a = readings.stream()
                    .filter(record -> record.key().equals("a"))
                    .findFirst()
                    .orElseThrow();
            assertThat(a.value()).isEqualTo("{\"speed\": 201}".getBytes(UTF_8));
            assertThat(a.timestamp()).isEqualTo(TIME);
            assertThat(a.headers()).extracting(header -> header.key()).containsExactly("trace");
        }
    }

    private static int sent(JsonNode report) {
        return report.get("sent").valueStream().mapToInt(JsonNode::asInt).sum();
    }

    private static DeadLetter letter(DeadLetterReason reason, String key, String value, long time) {
        return DeadLetter.of(
                new BadReadingException(reason, "why"),
                new DeadLetter.Source(TOPICS.readings(), 3, 77, time),
                key.getBytes(UTF_8),
                value.getBytes(UTF_8),
                new RecordHeaders().add("trace", new byte[] {1}));
    }

    private static void put(ClientConfig client, DeadLetter... letters) {
        try (KafkaProducer<byte[], byte[]> producer =
                client.openProducer("test", new ByteArraySerializer(), new ByteArraySerializer())) {
            for (DeadLetter letter : letters) {
                producer.send(new ProducerRecord<>(
                        TOPICS.deadReadings(),
                        null,
                        Math.max(0, letter.source().time()),
                        letter.key(),
                        letter.value(),
                        letter.allHeaders()));
            }
        }
    }

    private static List<ConsumerRecord<String, byte[]>> readings(ClientConfig client) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (TopicReader reader = TopicReader.open(client, TOPICS.readings())) {
            reader.drain(records::add);
        }
        return records;
    }

    private static JsonNode run(ClientConfig client, String verb, String... more) {
        List<String> args = new ArrayList<>(
                List.of("dead-letters", verb, "--network", NETWORK.name(), "--bootstrap", client.bootstrapServers()));
        args.addAll(List.of(more));
        CommandLine command = Headwater.commandLine();
        StringWriter out = new StringWriter();
        command.setOut(new PrintWriter(out));
        assertThat(command.execute(args.toArray(String[]::new))).isZero();
        return JsonMapper.builder().build().readTree(out.toString());
    }
}
