package dev.headwater.streams;

import static java.util.Objects.requireNonNull;

import dev.headwater.bus.AccuracyCodec;
import dev.headwater.bus.BadForecastException;
import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.DeadLetter;
import dev.headwater.bus.DeadLetterReason;
import dev.headwater.bus.ForecastCodec;
import dev.headwater.bus.ReadingCodec;
import dev.headwater.bus.Topics;
import dev.headwater.bus.ValueFormat;
import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.accuracy.AccuracyReport;
import dev.headwater.forecasting.baseline.Persistence;
import dev.headwater.forecasting.network.GapPolicy;
import dev.headwater.forecasting.network.NetworkBuilder;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.WindowSpec;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import dev.headwater.streams.state.SensorState;
import dev.headwater.streams.state.SensorStore;
import dev.headwater.streams.state.Sensors;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/// The real topology on a driver instead of a broker: a small network (window 3, horizon 2, a reading a
/// minute) with persistence as its model.
final class StreamFixture implements AutoCloseable {

    static final SensorNetwork NETWORK = new NetworkBuilder("test-town")
            .window(new WindowSpec(3, 2))
            .gap(new GapPolicy(0.5))
            .build();

    static final long SLOT = 1_000;

    /// The initial time of the driver's clock: later than all readings except those meant to be ahead of it.
    static final Instant NOW = Instant.ofEpochMilli(time(SLOT)).plus(Duration.ofDays(1));

    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> readings;
    private final TestOutputTopic<String, byte[]> forecasts;
    private final TestOutputTopic<String, byte[]> accuracy;
    private final TestOutputTopic<byte[], byte[]> deadLetters;
    private final ReadingCodec codec = new ReadingCodec(NETWORK);
    private final MockClock clock = new MockClock();
    private final MeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);

    StreamFixture(Path stateDir, int batchSize) {
        this(settings(stateDir, batchSize), NETWORK);
    }

    /// @param network like [#NETWORK], except for the sensors and values that it accepts
    StreamFixture(StreamSettings settings, SensorNetwork network) {
        this(settings, network, StreamFixture::persistence);
    }

    private static ServedModel persistence() {
        return new ServedModel(new Persistence(NETWORK.window().horizon(), 60), null, SeasonalStates.of(NETWORK));
    }

    StreamFixture(StreamSettings settings, SensorNetwork network, ModelSource models) {
        Properties config = new Properties();
        config.putAll(settings.streamsConfig());
        driver = new TopologyTestDriver(
                ForecastTopology.build(network, models, settings, new StreamMetrics(registry, network.name())),
                config,
                NOW);
        Topics topics = Topics.of(NETWORK);
        readings = driver.createInputTopic(topics.readings(), new ByteArraySerializer(), new ByteArraySerializer());
        forecasts = driver.createOutputTopic(topics.forecasts(), new StringDeserializer(), new ByteArrayDeserializer());
        accuracy = driver.createOutputTopic(topics.accuracy(), new StringDeserializer(), new ByteArrayDeserializer());
        deadLetters = driver.createOutputTopic(
                topics.deadReadings(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    static StreamSettings settings(Path stateDir, int batchSize) {
        return StreamSettings.of(ClientConfig.of("localhost:1"), "test-town", stateDir, Guarantee.AT_LEAST_ONCE)
                .with(new Pace(batchSize, Duration.ofMillis(5), Duration.ofMillis(100)));
    }

    void reading(String sensor, long slot, float speed) {
        raw(sensor, codec.encode(new float[] {speed}, ValueFormat.JSON), time(slot));
    }

    void raw(@Nullable String sensor, byte @Nullable [] value, long time) {
        raw(sensor == null ? null : sensor.getBytes(StandardCharsets.UTF_8), value, new RecordHeaders(), time);
    }

    void raw(byte @Nullable [] key, byte @Nullable [] value, Headers headers, long time) {
        readings.pipeInput(new TestRecord<>(key, value, headers, time));
    }

    /// Advances the driver's and the meters' clock by the interval between two counts of the sensors.
    void letReportBeMade() {
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        clock.add(Duration.ofSeconds(1));
    }

    void pass(Duration time) {
        driver.advanceWallClockTime(time);
        clock.add(time);
    }

    static long time(long slot) {
        return NETWORK.clock().startMillis(slot);
    }

    /// Advances the clock by the batch delay.
    void letBatchDelayPass() {
        driver.advanceWallClockTime(Duration.ofMillis(5));
    }

    List<Forecast> forecasts() {
        ForecastCodec decoder = new ForecastCodec(NETWORK);
        return forecasts.readValuesToList().stream()
                .map(value -> decoded(decoder, value))
                .toList();
    }

    List<TestRecord<String, byte[]>> forecastRecords() {
        return forecasts.readRecordsToList();
    }

    List<AccuracyReport> accuracy() {
        AccuracyCodec decoder = new AccuracyCodec();
        return accuracy.readValuesToList().stream().map(decoder::decode).toList();
    }

    private static Forecast decoded(ForecastCodec decoder, byte[] value) throws BadForecastException {
        return decoder.decode(value);
    }

    List<DeadLetter> deadLetters() {
        return deadLetters.readRecordsToList().stream()
                .map(record -> DeadLetter.read(consumed(record)))
                .toList();
    }

    private static ConsumerRecord<byte[], byte[]> consumed(TestRecord<byte[], byte[]> record) {
        return new ConsumerRecord<>(
                "dead-letters",
                0,
                0,
                record.timestamp(),
                TimestampType.CREATE_TIME,
                0,
                0,
                record.key(),
                record.value(),
                record.headers(),
                Optional.empty());
    }

    MeterRegistry registry() {
        return registry;
    }

    double deadLetters(DeadLetterReason reason) {
        return registry.get("headwater.dead.letters")
                .tag("reason", reason.code())
                .counter()
                .count();
    }

    /// The time of the meters' clock, milliseconds since 1970.
    long metersTime() {
        return clock.wallTime();
    }

    double gauge(String metric) {
        return registry.get(metric).gauge().value();
    }

    double readings(String arrival) {
        return registry.get("headwater.readings")
                .tag("arrival", arrival)
                .counter()
                .count();
    }

    double count(String metric) {
        return registry.get(metric).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    SensorState stored(String sensor) {
        return requireNonNull(sensors().find(sensor, sensors().view()));
    }

    Sensors sensors() {
        return ((SensorStore) driver.getStateStore(ForecastTopology.SENSORS_STORE)).sensors();
    }

    @Override
    public void close() {
        driver.close();
    }
}
