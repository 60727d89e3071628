package dev.headwater.ingest.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.EmbeddedBroker;
import dev.headwater.bus.ReadingCodec;
import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.Topics;
import dev.headwater.bus.ValueFormat;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.ingest.replay.ReplayOptions.Progress;
import dev.headwater.ingest.simulator.CitySimulator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayerTest {

    private static final SensorNetwork CITY = NetworkFile.load("simulated-city");
    private static final String TOPIC = Topics.of(CITY).readings();
    private static final ReplayOptions MAX = ReplayOptions.all(Speed.MAX).withProgress(Progress.NEVER);
    private static final long FIRST = 5_000_000;

    @TempDir
    private Path folder;

    private EmbeddedBroker broker;
    private ClientConfig config;

    @BeforeEach
    void start() {
        broker = EmbeddedBroker.start(folder, 0);
        config = ClientConfig.of(broker.bootstrapServers());
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void sendsEveryReadingInOrderPerSensorInBothForms() {
        // Given two days of a small city, in JSON and then a third day in the binary form
        TopicAdmin.ensure(config, Topics.of(CITY).specs());
        Series series = new CitySimulator(CITY, 40, 9).history(FIRST, 3 * 288);
        SeriesSource source = new SeriesSource(series);
        Replayer replayer = new Replayer(config);
        long third = FIRST + 2 * 288;
        // When
        ReplayReport json = replayer.replay(
                source, new ReplayOptions(Speed.MAX, Long.MIN_VALUE, third, ValueFormat.JSON, Progress.NEVER));
        ReplayReport binary = replayer.replay(
                source, new ReplayOptions(Speed.MAX, third, Long.MAX_VALUE, ValueFormat.BINARY, Progress.NEVER));
        // Then the report counts what the topic holds
        List<ConsumerRecord<String, byte[]>> records = drain();
        assertThat(json.slots()).isEqualTo(576);
        assertThat(binary.slots()).isEqualTo(288);
        assertThat(json.topic()).isEqualTo("traffic.simulated-city.readings.v1");
        assertThat(records).hasSize((int) (json.readings() + binary.readings()));
        assertThat(records.getFirst().headers().lastHeader(ValueFormat.HEADER).value())
                .isEqualTo("json".getBytes(StandardCharsets.UTF_8));
        // and each sensor's readings are there, in order, with the values and the missing ones of the series
        Map<String, Long> newest = new HashMap<>();
        Series.Builder arrived = new Series.Builder(CITY);
        long missing = 0;
        ReadingCodec codec = new ReadingCodec(CITY);
        for (ConsumerRecord<String, byte[]> record : records) {
            long previous = newest.getOrDefault(record.key(), Long.MIN_VALUE);
            assertThat(record.timestamp()).isGreaterThan(previous).isEqualTo(record.timestamp() / 300_000 * 300_000);
            newest.put(record.key(), record.timestamp());
            float[] values = codec.decode(record.value(), record.headers());
            missing += Float.isNaN(values[0]) ? 1 : 0;
            arrived.add(record.key(), record.timestamp() / 300_000, values);
        }
        assertThat(missing).isPositive().isEqualTo(json.missing() + binary.missing());
        assertSame(arrived.build(), series);
    }

    @Test
    void saysWhatIsWrongBeforeItPlays() {
        SeriesSource source = new SeriesSource(new CitySimulator(CITY, 2, 9).history(FIRST, 3));
        Replayer replayer = new Replayer(config);
        assertThatThrownBy(() -> replayer.replay(source, MAX))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("topic " + TOPIC + " does not exist at " + broker.bootstrapServers() + ": create it first");
        assertThatThrownBy(() -> replayer.replay(
                        source,
                        new ReplayOptions(Speed.MAX, FIRST + 3, Long.MAX_VALUE, ValueFormat.JSON, Progress.NEVER)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("network simulated-city: nothing to replay, the source has 2017-07-14T02:40:00Z to"
                        + " 2017-07-14T02:55:00Z, asked for 2017-07-14T02:55:00Z to the end");
    }

    @Test
    void stopsWithOneLineWhenTheBrokerIsGone() {
        // Given a broker that stops at the fourth slot, and a producer that soon gives up
        TopicAdmin.ensure(config, Topics.of(CITY).specs());
        ClientConfig impatient = new ClientConfig(
                broker.bootstrapServers(),
                Map.of(
                        "producer.delivery.timeout.ms", "1500",
                        "producer.request.timeout.ms", "1000",
                        "producer.max.block.ms", "1500"));
        CitySource city = new CitySource(new CitySimulator(CITY, 30, 1), FIRST);
        SlotSource source = new Interposed(city, slot -> {
            if (slot == FIRST + 3) {
                broker.close();
            }
        });
        // When, then: an endless source ends
        assertThatThrownBy(() -> new Replayer(impatient).replay(source, MAX))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("topic " + TOPIC + ": sending readings failed: TimeoutException: ")
                .hasMessageNotContaining("\n");
    }

    @Test
    void stopsWhenInterruptedAndAcknowledgesWhatItSent() throws Exception {
        // Given a city in real time: its second slot is due in five minutes
        TopicAdmin.ensure(config, Topics.of(CITY).specs());
        CountDownLatch begun = new CountDownLatch(1);
        SlotSource source =
                new Interposed(new CitySource(new CitySimulator(CITY, 30, 1), FIRST), slot -> begun.countDown());
        CompletableFuture<ReplayReport> report = new CompletableFuture<>();
        ReplayOptions realTime = ReplayOptions.all(Speed.parse("1x")).withProgress(Progress.NEVER);
        Thread player = Thread.ofPlatform().start(() -> {
            try {
                report.complete(new Replayer(config).replay(source, realTime));
            } catch (RuntimeException e) {
                report.completeExceptionally(e);
            }
        });
        // When
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        player.interrupt();
        // Then
        ReplayReport played = report.get(30, TimeUnit.SECONDS);
        assertThat(drain()).hasSize((int) played.readings());
        assertThat(played.slots()).isLessThanOrEqualTo(1);
    }

    @Test
    void followsItsPlayback() throws Exception {
        // Given fifty slots in real time
        TopicAdmin.ensure(config, Topics.of(CITY).specs());
        SlotSource source = new CitySource(new CitySimulator(CITY, 30, 1), FIRST);
        Playback playback = new Playback(
                source, new ReplayOptions(Speed.parse("1x"), FIRST, FIRST + 50, ValueFormat.JSON, Progress.NEVER));
        // When half of them are skipped, and the rest sent at another speed after a pause
        CompletableFuture<ReplayReport> report =
                CompletableFuture.supplyAsync(() -> new Replayer(config).replay(source, playback, (id, slot, v) -> {}));
        playback.skipTo(FIRST + 25);
        await().atMost(Duration.ofSeconds(30)).until(() -> playback.state().at().equals(start(FIRST + 25)));
        playback.pause();
        playback.speed(Speed.parse("30000x"));
        assertThat(playback.state().phase()).isEqualTo(Playback.Phase.PAUSED);
        playback.resume();
        // Then every slot was sent once
        assertThat(report.get(30, TimeUnit.SECONDS).slots()).isEqualTo(50);
        assertThat(drain()).hasSize(50 * 30);
        assertThat(playback.state().phase()).isEqualTo(Playback.Phase.ENDED);
        assertThat(playback.state().at()).isEqualTo(start(FIRST + 49));
    }

    @Test
    void stopsWhenInterruptedInAPause() throws Exception {
        // Given a city that pauses from the beginning
        TopicAdmin.ensure(config, Topics.of(CITY).specs());
        SlotSource source = new CitySource(new CitySimulator(CITY, 30, 1), FIRST);
        Playback playback = new Playback(source, MAX);
        playback.pause();
        CompletableFuture<ReplayReport> report = new CompletableFuture<>();
        Thread player = Thread.ofPlatform().start(() -> {
            report.complete(new Replayer(config).replay(source, playback, (id, slot, v) -> {}));
        });
        await().atMost(Duration.ofSeconds(30)).until(() -> isWaiting(player));
        // When
        player.interrupt();
        // Then
        assertThat(report.get(30, TimeUnit.SECONDS).slots()).isZero();
        assertThat(playback.state().phase()).isEqualTo(Playback.Phase.ENDED);
    }

    private static boolean isWaiting(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("awaitDue"));
    }

    private static Instant start(long slot) {
        return CITY.clock().start(slot);
    }

    private List<ConsumerRecord<String, byte[]>> drain() {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (Consumer<String, byte[]> consumer = config.openConsumer("test", "", new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(TOPIC).stream()
                    .map(info -> new TopicPartition(TOPIC, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                consumer.poll(Duration.ofMillis(500)).forEach(records::add);
            }
        }
        return records;
    }

    private static void assertSame(Series actual, Series expected) {
        assertThat(actual.sensors()).containsExactlyInAnyOrderElementsOf(expected.sensors());
        for (int s = 0; s < expected.sensors().size(); s++) {
            int at = actual.sensors().indexOf(expected.sensors().get(s));
            for (int row = 0; row < expected.slots(); row++) {
                long other = expected.firstSlot() + row - actual.firstSlot();
                float found = other < 0 || other >= actual.slots() ? Float.NaN : actual.target(at, (int) other);
                assertThat(Float.compare(found, expected.target(s, row))).isZero();
            }
        }
    }

    /// A source that runs an action before each slot.
    private record Interposed(SlotSource source, LongConsumer before) implements SlotSource {

        @Override
        public SensorNetwork network() {
            return source.network();
        }

        @Override
        public long firstSlot() {
            return source.firstSlot();
        }

        @Override
        public long endSlot() {
            return source.endSlot();
        }

        @Override
        public void emit(long slot, Sink sink) {
            before.accept(slot);
            source.emit(slot, sink);
        }
    }
}
