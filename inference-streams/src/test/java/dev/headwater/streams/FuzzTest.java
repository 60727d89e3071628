package dev.headwater.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.DeadLetter;
import dev.headwater.bus.DeadLetterReason;
import dev.headwater.bus.EmbeddedBroker;
import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.baseline.Persistence;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Damaged records: each is counted as a reading or becomes a dead letter, and the stream goes on.
class FuzzTest {

    private static final long SEED = 20260302;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ON_THE_DRIVER = 20_000;
    private static final long FIRST_SLOT = 200; // all good readings lie before the driver's clock
    /// More with `-Dheadwater.fuzz.records=100000`.
    private static final int ON_A_BROKER = Integer.getInteger("headwater.fuzz.records", 2_000);

    @TempDir
    private Path folder;

    @Test
    void everyRecordIsAccountedForOnTheDriver() {
        Mutations mutations = new Mutations(SEED, StreamFixture.time(FIRST_SLOT));
        BitSet good = new BitSet();
        List<DeadLetter> letters = new ArrayList<>();
        int forecasts = 0;
        double counted;
        double issued;
        double known;
        try (StreamFixture stream = new StreamFixture(StreamFixture.settings(folder, 64), Mutations.NETWORK)) {
            // When
            for (int i = 0; i < ON_THE_DRIVER; i++) {
                Mutations.Mutant mutant = mutations.next();
                good.set(i, mutant.good());
                stream.raw(mutant.key(), mutant.value(), mutant.headers(), mutant.time());
                if (i % 1_000 == 0) {
                    letters.addAll(stream.deadLetters());
                    forecasts += stream.forecasts().size();
                }
            }
            stream.letReportBeMade();
            letters.addAll(stream.deadLetters());
            forecasts += stream.forecasts().size();
            counted = accounted(stream.registry());
            issued = stream.count("headwater.forecasts");
            known = stream.gauge("headwater.sensors.known");
            assertThat(stream.count("headwater.dead.letters")).isEqualTo(letters.size());
            assertThat(stream.gauge("headwater.forecasts.owed")).isZero();
        }

        // Then
        assertThat(counted).as("seed %d", SEED).isEqualTo(ON_THE_DRIVER);
        assertThat((double) forecasts).isEqualTo(issued).isGreaterThan(2_000);
        assertThat(known).isLessThanOrEqualTo(Mutations.NETWORK.maxSensors());
        assertThat(letters).hasSizeGreaterThan(2_000);
        assertThat(letters.stream().mapToInt(letter -> (int) letter.source().offset()))
                .as("no good reading is a dead letter")
                .noneMatch(good::get);
        assertThat(letters)
                .extracting(letter -> DeadLetterReason.ofCode(letter.reason()).isPresent())
                .containsOnly(true);
        assertThat(letters.stream().map(DeadLetter::reason).distinct()).hasSizeGreaterThanOrEqualTo(10);
    }

    @Test
    void everyRecordIsAccountedForOnABroker() throws InterruptedException {
        MeterRegistry registry = new SimpleMeterRegistry();
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            // Given
            ClientConfig client = ClientConfig.of(broker.bootstrapServers());
            Topics topics = Topics.of(Mutations.NETWORK);
            TopicAdmin.ensure(client, topics.specs(2));
            ServedModel model = new ServedModel(
                    new Persistence(Mutations.NETWORK.window().horizon(), 60),
                    null,
                    SeasonalStates.of(Mutations.NETWORK));
            // Metrics also count records that are processed again after an aborted transaction, so none may
            // time out on a slow machine.
            StreamSettings settings = StreamSettings.of(
                            client, "fuzz", folder.resolve("streams"), Guarantee.EXACTLY_ONCE)
                    .with(new Failover(PATIENCE, PATIENCE, 0, null));
            try (StreamApp app = StreamApp.start(Mutations.NETWORK, 2, () -> model, settings, registry)) {
                assertThat(app.awaitRunning(PATIENCE)).isTrue();
                Mutations mutations = new Mutations(
                        SEED, System.currentTimeMillis() - Duration.ofDays(30).toMillis());
                int first = ON_A_BROKER / 5;
                send(client, topics.readings(), mutations, first);
                await().atMost(Duration.ofMinutes(2)).until(() -> accounted(registry) >= first);
                long before = usedBytes();

                // When
                send(client, topics.readings(), mutations, ON_A_BROKER - first);
                await().atMost(Duration.ofMinutes(5)).until(() -> accounted(registry) >= ON_A_BROKER);
                long after = usedBytes();

                // Then
                System.out.printf(
                        "fuzz: %d records, %.0f dead letters, %.0f forecasts; heap in use %d MiB after a fifth, %d MiB in the end%n",
                        ON_A_BROKER,
                        total(registry, "headwater.dead.letters"),
                        total(registry, "headwater.forecasts"),
                        before >> 20,
                        after >> 20);
                assertThat(app.isReady()).isTrue();
                assertThat(after - before).as("bytes that stay").isLessThan(48L << 20);
            }
            assertThat(accounted(registry)).isEqualTo(ON_A_BROKER);
            assertThat((double) committed(client, topics.deadReadings()))
                    .isEqualTo(total(registry, "headwater.dead.letters"));
        }
    }

    private static void send(ClientConfig client, String topic, Mutations mutations, int records) {
        try (KafkaProducer<byte[], byte[]> producer =
                client.openProducer("fuzz", new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < records; i++) {
                Mutations.Mutant mutant = mutations.next();
                producer.send(new ProducerRecord<>(
                        topic, null, mutant.time(), mutant.key(), mutant.value(), mutant.headers()));
            }
        }
    }

    private static double accounted(MeterRegistry registry) {
        return total(registry, "headwater.readings")
                + total(registry, "headwater.readings.redelivered")
                + total(registry, "headwater.dead.letters");
    }

    private static double total(MeterRegistry registry, String metric) {
        return registry.get(metric).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private static long usedBytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /// Number of committed records on a topic with one partition.
    private static int committed(ClientConfig client, String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<byte[], byte[]> consumer =
                client.openConsumer("fuzz", "", new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            int records = 0;
            while (consumer.position(partition) < end) {
                records += consumer.poll(Duration.ofMillis(100)).count();
            }
            return records;
        }
    }
}
