package dev.headwater.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A broker with a full disk. A limit on the size of files makes a write fail in the same way, without a
/// separate file system.
@DisabledOnOs(OS.WINDOWS)
class BrokerFailureTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int RECORD_BYTES = 500_000;
    private static final String BLOCKS = "40000"; // 20 or 40 MB, by the shell; an empty Kafka index has 10 MB

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void endsTheProcessAtOnceWithOneLine(boolean temporary) throws Exception {
        // Given
        Path data = folder.resolve("broker");
        Path log = folder.resolve("log");
        Process child = child(data, folder.resolve("address"), log, temporary);
        try {
            await().atMost(PATIENCE).until(() -> Files.exists(folder.resolve("address")));
            ClientConfig client = ClientConfig.of(Files.readString(folder.resolve("address")));
            TopicAdmin.ensure(client, List.of(new TopicSpec("big", 1, Map.of("segment.bytes", "1000000000"))));

            // When
            fill(client, child);

            // Then
            assertThat(child.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                    .as("it ends")
                    .isTrue();
            assertThat(child.exitValue()).as(Files.readString(log)).isEqualTo(1);
            assertThat(Files.readAllLines(log))
                    .filteredOn(line -> line.contains("the embedded broker ends with the process: data folder " + data))
                    .hasSize(1);
            assertThat(Files.exists(data)).as("its data are kept").isEqualTo(!temporary);
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    /// Sends until the broker's process has ended.
    private static void fill(ClientConfig client, Process child) {
        byte[] value = new byte[RECORD_BYTES];
        new Random(3).nextBytes(value); // does not compress
        Map<String, Object> settings = client.producer("test");
        settings.put("max.block.ms", 500);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(1)).until(() -> {
                producer.send(new ProducerRecord<>("big", value));
                return !child.isAlive();
            });
            producer.close(Duration.ZERO);
        }
    }

    private static Process child(Path data, Path address, Path log, boolean temporary) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -f " + BLOCKS + " && exec \"$@\"", "sh"));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                BrokerProcess.class.getName(),
                data.toString(),
                address.toString()));
        if (temporary) {
            command.add(BrokerProcess.TEMPORARY);
        }
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }
}
