package dev.headwater.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.bus.DriftCodec;
import dev.headwater.bus.ReadingCodec;
import dev.headwater.bus.Topics;
import dev.headwater.bus.ValueFormat;
import dev.headwater.forecasting.baseline.Persistence;
import dev.headwater.forecasting.drift.DriftEvent;
import dev.headwater.forecasting.drift.DriftKind;
import dev.headwater.forecasting.network.NetworkBuilder;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.WindowSpec;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A change of some sensors becomes one event, through the whole topology.
class DriftTopologyTest {

    private static final SensorNetwork NETWORK = new NetworkBuilder("hourly-town")
            .interval(Duration.ofHours(1))
            .window(new WindowSpec(3, 2))
            .build();
    private static final Topics TOPICS = Topics.of(NETWORK);
    private static final List<String> SENSORS = List.of("a", "b", "c", "d", "e", "f");
    private static final int DAY = 24; // slots
    private static final int CHANGE = 20 * DAY;

    @TempDir
    private Path stateDir;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ReadingCodec codec = new ReadingCodec(NETWORK);
    private final Random random = new Random(3);
    private TopologyTestDriver driver;
    private TestInputTopic<String, byte[]> readings;
    private TestOutputTopic<String, byte[]> events;

    @BeforeEach
    void open() {
        StreamSettings settings = StreamFixture.settings(stateDir, 64);
        Properties config = new Properties();
        config.putAll(settings.streamsConfig());
        ServedModel model = new ServedModel(new Persistence(2, 60), null, SeasonalStates.of(NETWORK));
        driver = new TopologyTestDriver(
                ForecastTopology.build(NETWORK, () -> model, settings, new StreamMetrics(registry, NETWORK.name())),
                config,
                Instant.ofEpochMilli(NETWORK.clock().startMillis(100 * DAY)));
        readings = driver.createInputTopic(TOPICS.readings(), new StringSerializer(), new ByteArraySerializer());
        events = driver.createOutputTopic(TOPICS.drift(), new StringDeserializer(), new ByteArrayDeserializer());
    }

    @AfterEach
    void close() {
        driver.close();
    }

    /// Sends all sensors' readings of some slots; those of a few are scaled.
    private void send(int from, int to, Set<String> changed) {
        for (int slot = from; slot < to; slot++) {
            for (String sensor : SENSORS) {
                float value = (float) ((60 + 2 * random.nextGaussian()) * (changed.contains(sensor) ? 0.7 : 1));
                long time = NETWORK.clock().startMillis(slot);
                readings.pipeInput(sensor, codec.encode(new float[] {value}, ValueFormat.JSON), time);
            }
            driver.advanceWallClockTime(Duration.ofMillis(5));
        }
    }

    private List<DriftEvent> events() {
        DriftCodec decoder = new DriftCodec();
        return events.readValuesToList().stream().map(decoder::decode).toList();
    }

    private double count(String scope) {
        return registry.get("headwater.drift.events").tag("scope", scope).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    @Test
    void aChangeOfSomeSensorsIsOneEventThatNamesThem() {
        // Given three weeks without a change
        send(0, CHANGE, Set.of());
        assertThat(events()).isEmpty();

        // When
        send(CHANGE, CHANGE + 2 * DAY, Set.of("a", "c", "e"));

        // Then
        List<DriftEvent> found = events();
        assertThat(found).hasSize(1);
        DriftEvent event = found.getFirst();
        assertThat(event.sensors()).containsExactly("a", "c", "e");
        assertThat(event.scope()).isEqualTo(DriftEvent.Scope.GROUP);
        assertThat(event.kinds()).containsExactly(DriftKind.READINGS);
        assertThat(event.known()).isEqualTo(SENSORS.size());
        assertThat(event.from())
                .isBetween(NETWORK.clock().startMillis(CHANGE), NETWORK.clock().startMillis(CHANGE + DAY));
        assertThat(count("group")).isEqualTo(1);
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        assertThat(registry.get("headwater.sensors.drifting").gauge().value()).isEqualTo(3);

        // And it is not told again
        send(CHANGE + 2 * DAY, CHANGE + 6 * DAY, Set.of("a", "c", "e"));
        assertThat(events()).isEmpty();
    }

    @Test
    void aChangeOfMostSensorsIsOneOfTheNetwork() {
        // Given
        send(0, CHANGE, Set.of());

        // When
        send(CHANGE, CHANGE + 2 * DAY, Set.of("a", "b", "c", "d"));

        // Then
        assertThat(events()).extracting(DriftEvent::scope).containsExactly(DriftEvent.Scope.NETWORK);
    }
}
