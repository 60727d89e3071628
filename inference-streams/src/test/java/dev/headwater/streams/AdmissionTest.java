package dev.headwater.streams;

import static dev.headwater.streams.StreamFixture.NETWORK;
import static dev.headwater.streams.StreamFixture.SLOT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.bus.DeadLetter;
import dev.headwater.bus.DeadLetterReason;
import dev.headwater.bus.Limits;
import dev.headwater.forecasting.network.Measure;
import dev.headwater.forecasting.network.NetworkBuilder;
import dev.headwater.forecasting.network.Sensor;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.UnknownSensors;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Records that are not readings: each becomes a dead letter, and the stream goes on.
class AdmissionTest {

    private static final SensorNetwork STRICT = network(UnknownSensors.REJECT, 2);
    private static final byte[] GOOD = "{\"speed\": 50}".getBytes(UTF_8);
    private static final long TIME = StreamFixture.time(SLOT);
    private static final long LATEST =
            StreamFixture.NOW.plus(Duration.ofMinutes(3)).toEpochMilli(); // three of its intervals

    @TempDir
    private Path stateDir;

    private StreamFixture stream;

    private static SensorNetwork network(UnknownSensors unknown, int maxSensors) {
        return NetworkBuilder.like(NETWORK)
                .measures(List.of(new Measure("speed", "mph", -1f, 0f, 200f)))
                .sensors(List.of(new Sensor("a", 0, 0), new Sensor("b", 0, 0)))
                .unknownSensors(unknown)
                .maxSensors(maxSensors)
                .build();
    }

    @BeforeEach
    void open() {
        open(STRICT, Limits.DEFAULT);
    }

    private void open(SensorNetwork network, Limits limits) {
        stream = new StreamFixture(StreamFixture.settings(stateDir, 4).with(limits), network);
    }

    @AfterEach
    void close() {
        stream.close();
    }

    /// @param reason the expected one
    record Bad(DeadLetterReason reason, byte[] key, byte[] value, long time) {}

    static Stream<Bad> bad() {
        byte[] a = {'a'};
        return Stream.of(
                new Bad(DeadLetterReason.MALFORMED, a, null, TIME),
                new Bad(DeadLetterReason.MALFORMED, a, new byte[0], TIME),
                new Bad(DeadLetterReason.MALFORMED, a, "{\"speed\": NaN}".getBytes(UTF_8), TIME),
                new Bad(DeadLetterReason.MALFORMED, a, "[".repeat(100_000).getBytes(UTF_8), TIME),
                new Bad(DeadLetterReason.NOT_FINITE, a, "{\"speed\": 1e999}".getBytes(UTF_8), TIME),
                new Bad(DeadLetterReason.NOT_FINITE, a, new byte[] {(byte) 0x9E, 1, 0x7F, (byte) 0x80, 0, 0}, TIME),
                new Bad(DeadLetterReason.OUT_OF_RANGE, a, "{\"speed\": 200.1}".getBytes(UTF_8), TIME),
                new Bad(DeadLetterReason.OUT_OF_RANGE, a, "{\"speed\": -0.1}".getBytes(UTF_8), TIME),
                new Bad(DeadLetterReason.TOO_LARGE, a, new byte[1_000_000], TIME),
                new Bad(DeadLetterReason.NO_KEY, null, GOOD, TIME),
                new Bad(DeadLetterReason.EMPTY_KEY, new byte[0], GOOD, TIME),
                new Bad(DeadLetterReason.EMPTY_KEY, " \t".getBytes(UTF_8), GOOD, TIME),
                new Bad(DeadLetterReason.LONG_KEY, "k".repeat(257).getBytes(UTF_8), GOOD, TIME),
                new Bad(DeadLetterReason.LONG_KEY, new byte[1_000_000], GOOD, TIME),
                new Bad(DeadLetterReason.BAD_KEY, new byte[] {(byte) 0xC3, '('}, GOOD, TIME),
                new Bad(DeadLetterReason.UNKNOWN_SENSOR, "c".getBytes(UTF_8), GOOD, TIME),
                new Bad(DeadLetterReason.TIME_AHEAD, a, GOOD, LATEST + 1),
                new Bad(DeadLetterReason.TIME_AHEAD, a, GOOD, Long.MAX_VALUE));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void isSetAsideWithItsReasonAndTheStreamGoesOn(Bad bad) {
        // Given
        Headers headers = new RecordHeaders().add("trace", new byte[] {7});

        // When
        stream.raw(bad.key, bad.value, headers, bad.time);
        for (int i = 0; i < 3; i++) {
            stream.reading("a", SLOT + i, 50);
        }
        stream.letBatchDelayPass();

        // Then
        List<DeadLetter> letters = stream.deadLetters();
        assertThat(letters).hasSize(1);
        DeadLetter letter = letters.getFirst();
        assertThat(letter.reason()).isEqualTo(bad.reason.code());
        assertThat(letter.text()).isNotBlank();
        assertThat(letter.source()).isEqualTo(new DeadLetter.Source("traffic.test-town.readings.v1", 0, 0, bad.time));
        assertThat(stream.deadLetters(bad.reason)).isEqualTo(1);
        assertThat(stream.count("headwater.dead.letters")).isEqualTo(1);
        assertThat(stream.forecasts()).hasSize(1);
        if (letter.isWhole()) {
            assertThat(letter.key()).isEqualTo(bad.key);
            assertThat(letter.value()).isEqualTo(bad.value);
            assertThat(letter.headers().lastHeader("trace").value()).containsExactly(7);
        } else {
            assertThat(letter.cutFrom()).isGreaterThan(900_000);
        }
    }

    @Test
    void theSentinelForMissingMayLieOutOfRange() {
        // When
        stream.raw("a", "{\"speed\": -1}".getBytes(UTF_8), TIME);

        // Then
        assertThat(stream.deadLetters()).isEmpty();
        assertThat(stream.readings("advanced")).isEqualTo(1);
    }

    /// Kafka's own clients send no negative time, so the test passes the record to the extractor first.
    @Test
    void aTimeBefore1970BecomesADeadLetterToo() {
        // Given
        Headers headers = new RecordHeaders();
        ConsumerRecord<Object, Object> old = new ConsumerRecord<>(
                "readings", 0, 0, -5, TimestampType.CREATE_TIME, 1, 1, "a", GOOD, headers, java.util.Optional.empty());

        // When
        long time = new EventTime().extract(old, 77);
        stream.raw("a".getBytes(UTF_8), GOOD, headers, time);

        // Then
        assertThat(time).isZero();
        assertThat(EventTime.of(new Record<>(new byte[0], GOOD, time, headers))).isEqualTo(-5);
        List<DeadLetter> letters = stream.deadLetters();
        assertThat(letters).hasSize(1);
        assertThat(letters.getFirst().reason()).isEqualTo("time-before-1970");
        assertThat(letters.getFirst().source().time()).isEqualTo(-5);
        assertThat(letters.getFirst().headers()).isEmpty();
        assertThat(letters.getFirst().isWhole()).isFalse();
    }

    @Test
    void aTimeAFewIntervalsAheadIsTaken() {
        // When
        stream.raw("a", GOOD, LATEST);

        // Then
        assertThat(stream.deadLetters()).isEmpty();
        assertThat(stream.readings("advanced")).isEqualTo(1);
    }

    @Test
    void simulatedTimeMayRunAheadWhenToldSo() {
        // Given
        stream.close();
        open(STRICT, Limits.ANY_TIME);

        // When
        stream.raw("a", GOOD, 4_000_000_000_000L);
        stream.raw("a", GOOD, Long.MAX_VALUE);

        // Then
        assertThat(stream.readings("advanced")).isEqualTo(1);
        assertThat(stream.deadLetters(DeadLetterReason.TIME_AHEAD)).isEqualTo(1);
    }

    @Test
    void moreSensorsThanTheLimitAreRefusedAndKnownOnesGoOn() {
        // Given
        stream.close();
        open(network(UnknownSensors.ACCEPT, 2), Limits.DEFAULT);
        stream.reading("x", SLOT, 50);
        stream.reading("y", SLOT, 50);

        // When
        for (int i = 0; i < 100; i++) {
            stream.reading("flood-" + i, SLOT, 50);
        }
        stream.reading("x", SLOT + 1, 50);
        stream.letReportBeMade();

        // Then
        assertThat(stream.deadLetters(DeadLetterReason.TOO_MANY_SENSORS)).isEqualTo(100);
        assertThat(stream.readings("advanced")).isEqualTo(3);
        assertThat(stream.gauge("headwater.sensors.known")).isEqualTo(2);
    }

    @Test
    void sensorsThatStopReportingAreCountedAsSilent() {
        // Given
        stream.close();
        open(network(UnknownSensors.ACCEPT, 10), new Limits(Limits.DEFAULT.ahead(), 2));
        stream.reading("a", SLOT, 50);
        stream.reading("b", SLOT, 50);

        // When
        stream.reading("a", SLOT + 2, 50);
        stream.letReportBeMade();
        double atTheLimit = stream.gauge("headwater.sensors.silent");
        stream.reading("a", SLOT + 3, 50);
        stream.letReportBeMade();
        double beyond = stream.gauge("headwater.sensors.silent");
        stream.reading("b", SLOT + 3, 50);
        stream.letReportBeMade();
        double back = stream.gauge("headwater.sensors.silent");

        // Then
        assertThat(atTheLimit).isZero();
        assertThat(beyond).isEqualTo(1);
        assertThat(back).isZero();
        assertThat(stream.gauge("headwater.sensors.known")).isEqualTo(2);
    }
}
