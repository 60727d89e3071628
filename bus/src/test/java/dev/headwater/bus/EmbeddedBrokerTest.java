package dev.headwater.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.headwater.bus.EmbeddedBroker.Ports;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.SensorNetwork;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {

    private record Reading(String sensor, long time, float[] values) {}

    private static final SensorNetwork NETWORK = Networks.PEMS;
    private static final Topics TOPICS = Topics.of(NETWORK);
    private static final long START_2017 = 1_483_257_600_000L;

    @TempDir
    private Path folder;

    @TempDir
    private Path addresses;

    @Test
    void keepsReadingsOverARestartAndOverItsDeath() throws Exception {
        List<Reading> first = readings(0, 10_000);
        List<Reading> second = readings(10_000, 12_000);
        // Given a broker in its own process with readings of 2017, killed once they are acknowledged
        Path address = addresses.resolve("address");
        Process child = child(address);
        try {
            await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(address));
            ClientConfig config = ClientConfig.of(Files.readString(address));
            TopicAdmin.ensure(config, TOPICS.specs());
            produce(config, first, ValueFormat.JSON);
        } finally {
            child.destroyForcibly().waitFor();
        }
        // When it starts again, in this process / Then all are there
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
            ClientConfig config = ClientConfig.of(broker.bootstrapServers());
            assertThat(consume(config, first.size())).isEqualTo(sorted(first));
            produce(config, second, ValueFormat.BINARY);
        }
        // When it is stopped in order and started once more / Then the readings of both forms are there once
        // each
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
            List<Reading> all = Stream.of(first, second).flatMap(List::stream).toList();
            assertThat(consume(ClientConfig.of(broker.bootstrapServers()), all.size()))
                    .isEqualTo(sorted(all));
        }
    }

    @Test
    void guardsItsFolderAndTopics() {
        // Given a running broker with topics
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
            ClientConfig config = ClientConfig.of(broker.bootstrapServers());
            TopicAdmin.ensure(config, TOPICS.specs());
            // When ensured again / Then nothing happens
            TopicAdmin.ensure(config, TOPICS.specs());
            // When other partitions are applied, or a setting that Kafka does not know is asked for / Then
            assertThatThrownBy(() -> TopicAdmin.apply(config, TOPICS.specs(3), java.util.Optional.empty()))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("topic traffic.pems-bay.readings.v1: must have 3 partitions, found 4: ask for 4, or"
                            + " delete the topic");
            TopicSpec wrong = new TopicSpec("wrong", 1, java.util.Map.of("retention.ms", "long"));
            assertThatThrownBy(() -> TopicAdmin.ensure(config, List.of(wrong)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("topic wrong cannot be created: ");
            // When another starts on the same folder, or on the same port / Then
            assertThatThrownBy(() -> EmbeddedBroker.start(folder, 0))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("data folder " + folder
                            + " is used by another broker: stop that one, or choose another folder");
            assertThatThrownBy(() -> EmbeddedBroker.start(folder.resolve("other"), broker.port()))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("port " + broker.port() + " on localhost is in use: ");
        }
    }

    @Test
    void saysThatAPortIsTaken() throws IOException {
        // Given a port where something listens
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress("localhost", 0));
            int port = socket.getLocalPort();
            // When a broker is to start there, twice / Then it says so each time, and leaves the folder unlocked
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(() -> EmbeddedBroker.start(folder, port))
                        .isInstanceOf(InvalidInputException.class)
                        .hasMessageStartingWith("port " + port + " on localhost is in use: ")
                        .hasMessageContaining("choose another port");
            }
        }
        assertThatThrownBy(() -> EmbeddedBroker.start(folder, 65_536))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("port: must be from 0 to 65535, found 65536");
    }

    @Test
    void looksForOtherPortsWhenOneIsTakenMeanwhile() throws IOException {
        // Given pairs of ports: first the controller's, then the clients' port is taken after it was found
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress("localhost", 0));
            Ports free = Ports.find(0);
            Iterator<Ports> found = List.of(
                            new Ports(free.broker(), taken.getLocalPort()),
                            new Ports(taken.getLocalPort(), free.controller()),
                            Ports.find(0))
                    .iterator();
            // When a broker starts / Then it ends up on the third pair, and this process lives
            try (EmbeddedBroker broker = EmbeddedBroker.start(folder, found::next)) {
                TopicAdmin.ensure(ClientConfig.of(broker.bootstrapServers()), List.of(Topics.models()));
                assertThat(found.hasNext()).isFalse();
            }
        }
    }

    @Test
    void leavesAFolderOfSomethingElseAlone() throws IOException {
        // Given folders with other things in them, and a file in place of a folder
        Files.createDirectories(folder.resolve("photos"));
        Path file = Files.createFile(folder.resolve("file"));
        // When a broker is to start there / Then
        assertThatThrownBy(() -> EmbeddedBroker.start(folder, 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("must be empty or a broker's, found photos");
        assertThatThrownBy(() -> EmbeddedBroker.start(file, 0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("data folder " + file + " cannot be used: ");
        assertThat(folder.resolve("meta.properties")).doesNotExist();
    }

    /// The log is discarded: a pipe that nobody reads would fill and block the process.
    private Process child(Path address) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BrokerProcess.class.getName(),
                        folder.toString(),
                        address.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /// Readings of 100 sensors, five minutes apart, one in seven missing.
    private static List<Reading> readings(int from, int to) {
        List<Reading> readings = new ArrayList<>();
        for (int i = from; i < to; i++) {
            float speed = i % 7 == 0 ? Float.NaN : 1 + i % 700 / 10f;
            readings.add(new Reading("s" + i % 100, START_2017 + i / 100 * 300_000L, new float[] {speed}));
        }
        return readings;
    }

    /// Every reading as a line, for exact comparison: NaN equals NaN, and no two floats have the same text.
    private static List<String> sorted(List<Reading> readings) {
        return readings.stream()
                .map(reading -> reading.sensor() + " " + reading.time() + " " + Arrays.toString(reading.values()))
                .sorted()
                .toList();
    }

    private static void produce(ClientConfig config, List<Reading> readings, ValueFormat format) throws Exception {
        ReadingSerializer serializer = new ReadingSerializer(new ReadingCodec(NETWORK), format);
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (var producer = config.openProducer("test", serializer)) {
            for (Reading reading : readings) {
                sent.add(producer.send(new ProducerRecord<>(
                        TOPICS.readings(), null, reading.time(), reading.sensor(), reading.values())));
            }
            producer.flush();
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        }
    }

    /// All readings from the beginning up to the ends of all partitions, sorted.
    private static List<String> consume(ClientConfig config, int expected) {
        List<Reading> readings = new ArrayList<>();
        ReadingCodec codec = new ReadingCodec(NETWORK);
        try (var consumer = config.openConsumer("test", "", new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(TOPICS.readings()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long end = consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            assertThat(end).isEqualTo(expected);
            long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (readings.size() < expected && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(record -> readings.add(new Reading(
                                record.key(), record.timestamp(), codec.decode(record.value(), record.headers()))));
            }
        }
        return sorted(readings);
    }
}
