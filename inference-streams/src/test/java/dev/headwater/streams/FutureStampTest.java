package dev.headwater.streams;

import static dev.headwater.streams.StreamFixture.NETWORK;
import static dev.headwater.streams.StreamFixture.SLOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.bus.Limits;
import dev.headwater.forecasting.baseline.Persistence;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import dev.headwater.streams.sensors.Inquiries;
import dev.headwater.streams.state.SensorLayout;
import dev.headwater.streams.state.SensorStore;
import dev.headwater.streams.state.SensorStores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One sensor with a wrong clock must not affect the others. Any time is allowed, so that it can be wrong by
/// any amount.
class FutureStampTest {

    private static final long CENTURY = 60 * 24 * 36_525L; // slots

    @TempDir
    private Path folder;

    private StreamSettings settings() {
        return StreamFixture.settings(folder, 4).with(Limits.ANY_TIME);
    }

    private static double lagSeconds(StreamFixture stream, long slot) {
        return (stream.metersTime() - StreamFixture.time(slot)) / 1e3;
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 7, 40})
    void doesNotMakeTheOthersSilentNorHidesThatTheyFallBehind(int sensors) {
        try (StreamFixture stream = new StreamFixture(settings(), NETWORK)) {
            // Given sensors that all report
            for (int sensor = 0; sensor < sensors; sensor++) {
                stream.reading("s" + sensor, SLOT, 50);
            }

            // When one reports a time in the next century
            stream.reading("s0", SLOT + CENTURY, 50);
            stream.letReportBeMade();

            // Then the time of the network is that of the others
            assertThat(stream.gauge("headwater.sensors.silent")).isZero();
            assertThat(stream.gauge("headwater.event.time.lag")).isEqualTo(lagSeconds(stream, SLOT));

            // When all others but the last one advance
            for (int sensor = 1; sensor < sensors; sensor++) {
                stream.reading("s" + sensor, sensor < sensors - 1 ? SLOT + 10 : SLOT, 50);
            }
            stream.letReportBeMade();

            // Then the last one counts as silent, unless only two sensors differ
            assertThat(stream.gauge("headwater.sensors.silent")).isEqualTo(1);
            assertThat(stream.gauge("headwater.event.time.lag")).isEqualTo(lagSeconds(stream, SLOT + 10));
        }
    }

    @Test
    void aLoneSensorIsTakenAtItsWord() {
        try (StreamFixture stream = new StreamFixture(settings(), NETWORK)) {
            // Given
            double before = stream.gauge("headwater.event.time.lag");

            // When
            stream.reading("a", SLOT, 50);
            stream.letReportBeMade();

            // Then
            assertThat(before).isNaN();
            assertThat(stream.gauge("headwater.event.time.lag")).isEqualTo(lagSeconds(stream, SLOT));
        }
    }

    /// The driver commits after each record, so this test runs the processor alone.
    @Test
    void doesNotEndTheCommitsThatTheOthersNeed() {
        // Given
        MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
        context.setCurrentSystemTimeMs(StreamFixture.NOW.toEpochMilli());
        ServedModel model = new ServedModel(new Persistence(2, 60), null, SeasonalStates.of(NETWORK));
        StreamMetrics metrics = new StreamMetrics(new SimpleMeterRegistry(), NETWORK.name());
        ForecastProcessor processor = new ForecastProcessor(
                new StreamParts(NETWORK, () -> model, settings(), metrics, new Inquiries(), Handover.NONE));
        SensorStore store = SensorStores.sensors(ForecastTopology.SENSORS_STORE, NETWORK, false, true)
                .build();
        context.addStateStore(store);
        context.addStateStore(
                SensorStores.accuracy(ForecastTopology.ACCURACY_STORE, NETWORK).build());
        processor.init(context);
        int slots = 10 * SensorLayout.maxPending(NETWORK);

        // When
        int alone = commits(processor, store, context, SLOT, slots);
        send(processor, context, "wrong", SLOT + CENTURY, 4L * slots);
        int beside = commits(processor, store, context, SLOT + slots, slots);

        // Then at least one commit per half of the ring's older slots, and not one per slot
        assertThat(alone).isBetween(2 * 10 - 1, slots / 4);
        assertThat(beside).isBetween(2 * 10 - 1, slots / 4);
    }

    private static int commits(
            ForecastProcessor processor,
            SensorStore store,
            MockProcessorContext<byte[], byte[]> context,
            long from,
            int slots) {
        int commits = 0;
        for (int i = 0; i < slots; i++) {
            for (String sensor : new String[] {"a", "b"}) {
                send(processor, context, sensor, from + i, 2 * (from - SLOT + i));
                if (context.committed()) {
                    commits++;
                    store.flushCache(); // as a commit does
                    context.resetCommit();
                }
            }
        }
        return commits;
    }

    private static void send(
            ForecastProcessor processor,
            MockProcessorContext<byte[], byte[]> context,
            String sensor,
            long slot,
            long offset) {
        context.setRecordMetadata("readings", 0, offset);
        byte[] key = sensor.getBytes(StandardCharsets.UTF_8);
        Record<byte[], byte[]> record = new Record<>(key, new byte[0], StreamFixture.time(slot));
        processor.process(
                record.withValue(new AdmittedReading(record, sensor, slot, offset, new float[] {50}, new short[0])));
    }
}
