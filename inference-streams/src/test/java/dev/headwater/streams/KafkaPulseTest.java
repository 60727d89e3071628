package dev.headwater.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.EmbeddedBroker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaPulseTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    @Test
    void noticesThatKafkaIsGoneAndThatItIsBack() {
        MeterRegistry registry = new SimpleMeterRegistry();
        // Given a broker that answers
        EmbeddedBroker first = EmbeddedBroker.start(folder, 0);
        StreamSettings settings =
                StreamSettings.of(ClientConfig.of(first.bootstrapServers()), "pulse", folder, Guarantee.EXACTLY_ONCE);
        try (first;
                KafkaPulse pulse = KafkaPulse.start(settings, "n", registry, Duration.ofSeconds(5))) {
            // When it is only silent between two requests / Then it counts as connected
            await().during(Duration.ofSeconds(7)).atMost(PATIENCE).until(pulse::isConnected);
            assertThat(connected(registry)).isEqualTo(1);
            // When it is stopped / Then
            first.close();
            await().atMost(PATIENCE).until(() -> !pulse.isConnected());
            assertThat(connected(registry)).isZero();
            // When another answers at the same place / Then
            try (EmbeddedBroker second = EmbeddedBroker.start(folder, first.port())) {
                await().atMost(PATIENCE).until(pulse::isConnected);
                assertThat(connected(registry)).isEqualTo(1);
                assertThat(second.port()).isEqualTo(first.port());
            }
        }
    }

    private static double connected(MeterRegistry registry) {
        return registry.get("headwater.kafka.connected").gauge().value();
    }
}
