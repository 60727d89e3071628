package dev.headwater.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.EmbeddedBroker;
import dev.headwater.bus.ForecastCodec;
import dev.headwater.bus.Limits;
import dev.headwater.bus.ReadingCodec;
import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.TopicReader;
import dev.headwater.bus.Topics;
import dev.headwater.bus.ValueFormat;
import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import dev.headwater.streams.sensors.Inquiries;
import dev.headwater.streams.state.PastSpan;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The past, from the first reading of the topic to where the stream is live.
class BackfillTest {

    private static final SensorNetwork CITY = NetworkFile.load("simulated-city");
    private static final Topics TOPICS = Topics.of(CITY);
    private static final long FIRST = 4_970_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private static ServedModel model() {
        return new ServedModel(new Told(), null, SeasonalStates.of(CITY));
    }

    private static byte[] reading(long slot) {
        float speed = 20 + new Random(slot).nextInt(600) / 10f;
        return new ReadingCodec(CITY).encode(new float[] {speed}, ValueFormat.JSON);
    }

    private double gauge(String name) {
        return registry.get("headwater.backfill." + name).gauge().value();
    }

    /// Streams readings of two sensors, of which the first `past` records are of the past.
    private Map<String, List<Float>> forecasts(Path folder, PastPolicy policy, int slots, long past) {
        StreamSettings settings = StreamFixture.settings(folder, 7).with(policy).with(Limits.ANY_TIME);
        Properties config = new Properties();
        config.putAll(settings.streamsConfig());
        Handover before = new Handover(Set.of(), PastReadings.NONE, Map.of(0, new PastSpan(0, past)));
        StreamMetrics metrics = new StreamMetrics(registry, CITY.name());
        try (TopologyTestDriver driver = new TopologyTestDriver(
                ForecastTopology.build(CITY, BackfillTest::model, settings, metrics, new Inquiries(), before),
                config)) {
            TestInputTopic<byte[], byte[]> readings =
                    driver.createInputTopic(TOPICS.readings(), new ByteArraySerializer(), new ByteArraySerializer());
            for (long slot = FIRST; slot < FIRST + slots; slot++) {
                long time = CITY.clock().startMillis(slot);
                readings.pipeInput("a".getBytes(StandardCharsets.UTF_8), reading(slot), time);
                readings.pipeInput("b".getBytes(StandardCharsets.UTF_8), reading(-slot), time);
            }
            driver.advanceWallClockTime(Duration.ofSeconds(1));
            Map<String, List<Float>> found = new HashMap<>();
            driver.createOutputTopic(TOPICS.forecasts(), new StringDeserializer(), new ByteArrayDeserializer())
                    .readValuesToList()
                    .forEach(value -> put(found, new ForecastCodec(CITY).decode(value)));
            return found;
        }
    }

    private static void put(Map<String, List<Float>> found, Forecast forecast) {
        List<Float> values = new ArrayList<>();
        for (float value : forecast.values()) {
            values.add(value);
        }
        assertThat(found.put(forecast.sensor() + " " + forecast.issuedAt(), values))
                .isNull();
    }

    @Test
    void aWarmPastIssuesNothingAndChangesNoForecastAfterIt(@TempDir Path folder) {
        // Given nine days, of which the past ends in the middle of a slot
        int slots = 9 * 288;
        long past = 2 * 2_000 + 1;
        Map<String, List<Float>> issued = forecasts(folder.resolve("issue"), PastPolicy.ISSUE, slots, past);
        assertThat(issued).hasSize(2 * (slots - 11));

        // When
        Map<String, List<Float>> warm = forecasts(folder.resolve("warm"), PastPolicy.WARM, slots, past);

        // Then
        assertThat(warm).hasSize(Math.toIntExact(2 * slots - past));
        assertThat(issued).containsAllEntriesOf(warm);
        assertThat(gauge("records")).isZero(); // the task is gone
    }

    @ParameterizedTest
    @EnumSource(Guarantee.class)
    void aRestartDoesNotMoveTheEndOfThePast(Guarantee guarantee, @TempDir Path folder) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            // Given a stream that is stopped while it runs through the past
            ClientConfig client = ClientConfig.of(broker.bootstrapServers());
            TopicAdmin.ensure(client, TOPICS.specs(1));
            StreamSettings settings = StreamSettings.of(client, "app", folder.resolve("state"), guarantee)
                    .with(Limits.ANY_TIME)
                    .with(PastPolicy.WARM);
            int past = 100_000;
            send(client, 0, past);
            try (StreamApp app = StreamApp.start(CITY, 1, BackfillTest::model, settings, registry)) {
                await().atMost(PATIENCE).until(() -> gauge("records") == past && gauge("remaining") < past);
            }

            // When readings come while it is down and while it runs again
            send(client, past, past + 20);
            try (StreamApp app = StreamApp.start(CITY, 1, BackfillTest::model, settings, registry)) {
                assertThat(app.awaitRunning(PATIENCE)).isTrue();
                send(client, past + 20, past + 30);

                // Then those have forecasts, and nothing before them
                List<Long> found = issued(client, past + 29);
                assertThat(found)
                        .containsExactlyElementsOf(LongStream.range(past, past + 30)
                                .mapToObj(row -> CITY.clock().startMillis(FIRST + row))
                                .toList());
                await().atMost(PATIENCE).until(() -> gauge("remaining") == 0);
            }
        }
    }

    private static void send(ClientConfig client, int from, int to) {
        try (KafkaProducer<String, byte[]> producer = client.openProducer("test", new ByteArraySerializer())) {
            for (int row = from; row < to; row++) {
                long time = CITY.clock().startMillis(FIRST + row);
                producer.send(new ProducerRecord<>(TOPICS.readings(), 0, time, "a", reading(FIRST + row)));
            }
        }
    }

    private static List<Long> issued(ClientConfig client, int last) {
        List<Long> found = new ArrayList<>();
        ForecastCodec codec = new ForecastCodec(CITY);
        long end = CITY.clock().startMillis(FIRST + last);
        try (TopicReader reader = TopicReader.open(client, TOPICS.forecasts())) {
            await().atMost(PATIENCE).until(() -> {
                reader.poll()
                        .forEach(
                                record -> found.add(codec.decode(record.value()).issuedAt()));
                return found.contains(end);
            });
        }
        return found;
    }
}
