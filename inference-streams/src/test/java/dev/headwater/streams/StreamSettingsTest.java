package dev.headwater.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.bus.ClientConfig;
import dev.headwater.forecasting.InvalidInputException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StreamSettingsTest {

    private static StreamSettings settings(Map<String, String> overrides) {
        return StreamSettings.of(
                new ClientConfig("localhost:1", overrides), "app", Path.of("state"), Guarantee.EXACTLY_ONCE);
    }

    @Test
    void failoverReachesKafka() {
        // Given
        Failover failover = new Failover(Duration.ofSeconds(1), Duration.ofSeconds(3), 2, "stream-0");

        // When
        Map<String, Object> config = settings(Map.of()).with(failover).streamsConfig();

        // Then
        assertThat(config)
                .containsEntry("consumer.session.timeout.ms", 1_000)
                .containsEntry("consumer.heartbeat.interval.ms", 250)
                .containsEntry("producer.transaction.timeout.ms", 3_000)
                .containsEntry("num.standby.replicas", 2)
                .containsEntry("consumer.group.instance.id", "stream-0")
                .containsEntry("group.protocol", "classic");
        assertThat(settings(Map.of()).streamsConfig())
                .containsEntry("consumer.session.timeout.ms", 6_000)
                .containsEntry("consumer.heartbeat.interval.ms", 500)
                .containsEntry("producer.transaction.timeout.ms", 9_000)
                .containsEntry("num.standby.replicas", 1)
                .containsEntry("probing.rebalance.interval.ms", 60_000L)
                .doesNotContainKey("consumer.group.instance.id");
    }

    @Test
    void whatIsPassedThroughWins() {
        // When
        Map<String, Object> config = settings(Map.of(
                        "consumer.session.timeout.ms", "1500", "security.protocol", "SSL", "num.standby.replicas", "2"))
                .streamsConfig();

        // Then
        assertThat(config)
                .containsEntry("consumer.session.timeout.ms", "1500")
                .containsEntry("security.protocol", "SSL")
                .containsEntry("num.standby.replicas", "2");
    }

    @Test
    void tooShortTimeoutsAreRefused() {
        assertThatThrownBy(() -> new Failover(Duration.ofMillis(10), Duration.ofSeconds(1), 0, null))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("session timeout")
                .hasMessageContaining("10 ms");
    }
}
