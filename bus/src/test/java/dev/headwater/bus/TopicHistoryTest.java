package dev.headwater.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicHistoryTest {

    private static final SensorNetwork NETWORK = Networks.PEMS;
    private static final int SLOTS = 3_000;
    private static final int SENSORS = 5;
    private static final long FIRST = NETWORK.clock().slotOf(1_500_000_000_000L);

    @TempDir
    private Path folder;

    private final Random random = new Random(7);

    @Test
    void readsTheNewestSpanOrTheOneThatEndsEarlier() {
        // Given readings, some out of order, and records at the end that are no readings
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
            ClientConfig client = ClientConfig.of(broker.bootstrapServers());
            TopicAdmin.ensure(client, Topics.of(NETWORK).specs(3));
            send(client);
            Series all = TopicHistory.read(client, NETWORK, null, Long.MAX_VALUE);
            assertThat(all.slots()).isEqualTo(SLOTS);

            for (int slots : new int[] {1, 2, 288, SLOTS - 1, SLOTS, 2 * SLOTS}) {
                for (long through : new long[] {Long.MAX_VALUE, FIRST + SLOTS - 1, FIRST + SLOTS / 2}) {
                    // When
                    Duration span = NETWORK.interval().multipliedBy(slots);
                    Series read = TopicHistory.read(client, NETWORK, span, through);

                    // Then
                    long last = Math.min(through, FIRST + SLOTS - 1);
                    assertSame(read, all, Math.max(FIRST, last - slots + 1), last);
                }
            }
        }
    }

    private static void assertSame(Series read, Series all, long first, long last) {
        assertThat(read.firstSlot()).isEqualTo(first);
        assertThat(read.slots()).isEqualTo((int) (last - first + 1));
        assertThat(read.sensors()).containsExactlyInAnyOrderElementsOf(all.sensors());
        for (int s = 0; s < SENSORS; s++) {
            int other = all.sensors().indexOf(read.sensors().get(s));
            for (int row = 0; row < read.slots(); row++) {
                assertThat(read.target(s, row)).isEqualTo(all.target(other, (int) (first - all.firstSlot()) + row));
            }
        }
    }

    private void send(ClientConfig client) {
        ReadingCodec codec = new ReadingCodec(NETWORK);
        try (KafkaProducer<String, byte[]> producer = client.openProducer("test", new ByteArraySerializer())) {
            for (int slot = 0; slot < SLOTS; slot++) {
                for (int sensor = 0; sensor < SENSORS; sensor++) {
                    int at = slot % 10 == 4 ? slot + 1 : slot % 10 == 5 ? slot - 1 : slot; // two change places
                    byte[] value = codec.encode(new float[] {10 + random.nextFloat() * 60}, ValueFormat.JSON);
                    put(producer, "sensor " + sensor, FIRST + at, value);
                }
            }
            for (int i = 0; i < 30; i++) {
                put(producer, "sensor " + i, FIRST + SLOTS + i, "no reading".getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static void put(KafkaProducer<String, byte[]> producer, String sensor, long slot, byte[] value) {
        producer.send(new ProducerRecord<>(
                Topics.of(NETWORK).readings(), null, NETWORK.clock().startMillis(slot), sensor, value));
    }
}
