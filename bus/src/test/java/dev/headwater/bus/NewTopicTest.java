package dev.headwater.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewTopicTest {

    private static final int PARTITIONS = 600; // a broker needs a while to create them
    private static final int TOPICS = 1;
    private static final int RECORDS = 200;

    @TempDir
    private Path folder;

    /// A broker lists a topic before it accepts records for it (KAFKA-15591).
    @Test
    void takesWhatIsSentRightAfterItWasCreated() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
            // Given an idempotent producer that has sent, and waits 3 s for an answer
            ClientConfig config = new ClientConfig(
                    broker.bootstrapServers(),
                    Map.of("producer.delivery.timeout.ms", "3000", "producer.request.timeout.ms", "2000"));
            TopicAdmin.ensure(config, List.of(new TopicSpec("first", 1, Map.of())));
            ConcurrentLinkedQueue<Exception> failures = new ConcurrentLinkedQueue<>();
            try (KafkaProducer<String, byte[]> producer = config.openProducer("test", new ByteArraySerializer())) {
                producer.send(new ProducerRecord<>("first", new byte[100]));
                producer.flush();

                // When it sends small batches to new topics
                for (int t = 0; t < TOPICS; t++) {
                    String topic = "new" + t;
                    TopicAdmin.ensure(config, List.of(new TopicSpec(topic, PARTITIONS, Map.of())));
                    for (int i = 0; i < RECORDS; i++) {
                        byte[] large = new byte[64 << 10]; // two fill a batch
                        producer.send(new ProducerRecord<>(topic, PARTITIONS - 1, null, large), (metadata, e) -> {
                            if (e != null) {
                                failures.add(e);
                            }
                        });
                    }
                    producer.flush();
                }
            }

            // Then all arrive
            assertThat(failures).isEmpty();
        }
    }
}
