package dev.headwater.streams;

import dev.headwater.bus.FrameCodec;
import dev.headwater.bus.KeywordCodec;
import dev.headwater.bus.Limits;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.audio.KeywordClassifier;
import dev.headwater.forecasting.audio.KeywordEvent;
import dev.headwater.forecasting.audio.Tones;
import dev.headwater.forecasting.baseline.Persistence;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import dev.headwater.streams.state.SensorStore;
import dev.headwater.streams.state.Sensors;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/// The real topology of a network with sound on a driver, with [Tones] as its words.
final class ListeningFixture implements AutoCloseable {

    static final SensorNetwork NETWORK = Tones.NETWORK;
    static final long SLOT = 88_000_000_007L;

    final MeterRegistry registry = new SimpleMeterRegistry();
    final Tones tones = new Tones();

    @Nullable
    KeywordClassifier classifier = tones;

    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> readings;
    private final TestOutputTopic<String, byte[]> keywords;
    private final TestOutputTopic<byte[], byte[]> forecasts;
    private final TestOutputTopic<byte[], byte[]> deadLetters;
    private final FrameCodec codec = new FrameCodec(NETWORK, Tones.AUDIO);

    ListeningFixture(Path stateDir) {
        StreamSettings settings = StreamFixture.settings(stateDir, 64).with(Limits.ANY_TIME);
        Properties config = new Properties();
        config.putAll(settings.streamsConfig());
        driver = new TopologyTestDriver(
                ForecastTopology.build(
                        NETWORK,
                        () -> new ServedModel(new Persistence(12, 1), null, SeasonalStates.of(NETWORK), classifier, ""),
                        settings,
                        new StreamMetrics(registry, NETWORK.name())),
                config,
                Instant.EPOCH);
        Topics topics = Topics.of(NETWORK);
        readings = driver.createInputTopic(topics.readings(), new ByteArraySerializer(), new ByteArraySerializer());
        keywords = driver.createOutputTopic(topics.keywords(), new StringDeserializer(), new ByteArrayDeserializer());
        forecasts =
                driver.createOutputTopic(topics.forecasts(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        deadLetters = driver.createOutputTopic(
                topics.deadReadings(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /// Sends the frames of a sound, starting at a slot.
    void play(String source, short[] sound, long slot) {
        for (int f = 0; f < sound.length / Tones.FRAME; f++) {
            raw(source, codec.encode(Tones.frame(sound, f)), slot + f);
        }
    }

    void end(String source, long slot) {
        raw(source, codec.encode(new short[0]), slot);
    }

    void raw(String source, byte[] value, long slot) {
        byte[] key = source.getBytes(StandardCharsets.UTF_8);
        readings.pipeInput(new TestRecord<>(key, value, null, NETWORK.clock().startMillis(slot)));
    }

    void pass(Duration time) {
        driver.advanceWallClockTime(time);
    }

    List<TestRecord<String, byte[]>> records() {
        return keywords.readRecordsToList();
    }

    List<KeywordEvent> events() {
        return records().stream()
                .map(record -> new KeywordCodec().decode(record.value()))
                .toList();
    }

    int forecasts() {
        return forecasts.readRecordsToList().size();
    }

    int deadLetters() {
        return deadLetters.readRecordsToList().size();
    }

    KeyValueStore<String, byte[]> store(String name) {
        return driver.getKeyValueStore(name);
    }

    Sensors sensors() {
        return ((SensorStore) driver.getStateStore(ForecastTopology.SENSORS_STORE)).sensors();
    }

    static int entries(KeyValueStore<String, byte[]> store) {
        int entries = 0;
        try (var all = store.all()) {
            while (all.hasNext()) {
                all.next();
                entries++;
            }
        }
        return entries;
    }

    @Override
    public void close() {
        driver.close();
    }
}
