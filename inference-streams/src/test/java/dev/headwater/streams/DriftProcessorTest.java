package dev.headwater.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.bus.DriftCodec;
import dev.headwater.bus.DriftReportCodec;
import dev.headwater.forecasting.drift.DriftEvent;
import dev.headwater.forecasting.drift.DriftKind;
import dev.headwater.forecasting.drift.DriftReport;
import dev.headwater.forecasting.drift.DriftSign;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/// What the task that joins reports remembers over a restart.
class DriftProcessorTest {

    private static final long HOUR = Duration.ofHours(1).toMillis();

    private final DriftReportCodec codec = new DriftReportCodec();
    private final KeyValueStore<String, byte[]> store = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(ForecastTopology.DRIFT_STORE), Serdes.String(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();

    private MockProcessorContext<byte[], byte[]> context = new MockProcessorContext<>();
    private DriftProcessor processor = start();

    private DriftProcessor start() {
        context = new MockProcessorContext<>();
        context.setCurrentSystemTimeMs(0);
        if (!store.isOpen()) {
            store.init(context.getStateStoreContext(), store);
        }
        context.addStateStore(store);
        DriftProcessor started =
                new DriftProcessor("town", new DriftMetrics(new Meters(new SimpleMeterRegistry(), "town")));
        started.init(context);
        return started;
    }

    private void report(int part, int hour, String... sensors) {
        send(codec.encode(new DriftReport(part, hour * HOUR, 4, null)));
        for (String sensor : sensors) {
            DriftSign sign = new DriftSign(sensor, DriftKind.READINGS, hour * HOUR);
            send(codec.encode(new DriftReport(part, hour * HOUR, 4, sign)));
        }
    }

    private void send(byte[] value) {
        processor.process(new Record<>(new byte[0], value, 0));
    }

    private List<DriftEvent> events() {
        DriftCodec decoder = new DriftCodec();
        return context.forwarded().stream()
                .map(forward -> decoder.decode(forward.record().value()))
                .toList();
    }

    @Test
    void anOpenGroupSurvivesARestartAndACompleteOneIsNotToldAgain() {
        // Given a complete group, and an open one
        report(0, 10, "a", "b");
        report(1, 40, "c");
        report(0, 40, "d");
        assertThat(events()).extracting(DriftEvent::sensors).containsExactly(List.of("a", "b"));

        // When
        processor = start();
        report(0, 50);
        report(1, 50);

        // Then
        assertThat(events()).extracting(DriftEvent::sensors).containsExactly(List.of("c", "d"));
        assertThat(events()).extracting(DriftEvent::known).containsExactly(8);

        // And nothing is left to be told
        processor = start();
        report(0, 90);
        report(1, 90);
        assertThat(events()).isEmpty();
    }

    @Test
    void whatIsNoReportIsLeftOut() {
        // When
        send(new byte[] {1});
        send(new byte[0]);
        report(0, 10, "a");
        report(0, 16);

        // Then
        assertThat(events()).hasSize(1);
    }

    @Test
    void countsEventsByScopeAndKind() {
        // Given
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        DriftMetrics metrics = new DriftMetrics(new Meters(registry, "town"));

        // When
        for (Set<DriftKind> kinds : List.of(Set.of(DriftKind.ERROR), EnumSet.allOf(DriftKind.class))) {
            metrics.count(new DriftEvent("town", DriftEvent.Scope.GROUP, kinds, 0, 0, 2, 8, List.of("a", "b")));
        }

        // Then
        Map.of("error", 1.0, "both", 1.0, "readings", 0.0)
                .forEach((kind, count) -> assertThat(registry.get("headwater.drift.events")
                                .tags("scope", "group", "kind", kind)
                                .counter()
                                .count())
                        .isEqualTo(count));
    }
}
