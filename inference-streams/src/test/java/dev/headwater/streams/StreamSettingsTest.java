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
    void whatIsPassedThroughForAllClientsWinsOverWhatIsChosenForOneKind() {
        // When
        Map<String, Object> config = settings(
                        Map.of("retry.backoff.ms", "70", "linger.ms", "0", "producer.batch.size", "1"))
                .streamsConfig();

        // Then
        assertThat(config)
                .containsEntry("retry.backoff.ms", "70")
                .containsEntry("linger.ms", "0")
                .containsEntry("producer.batch.size", "1")
                .doesNotContainKeys("producer.retry.backoff.ms", "producer.linger.ms");
    }

    @Test
    void commitsComeOftenWhereForecastsWaitForThem() {
        assertThat(settings(Map.of()).streamsConfig()).containsEntry("commit.interval.ms", 100L);
        assertThat(StreamSettings.of(ClientConfig.of("localhost:1"), "app", Path.of("state"), Guarantee.AT_LEAST_ONCE)
                        .streamsConfig())
                .containsEntry("commit.interval.ms", 1_000L);
    }

    @Test
    void paceReachesKafka() {
        // Given
        Pace pace = new Pace(64, Duration.ofMillis(20), Duration.ofMillis(250));

        // When
        Map<String, Object> config = settings(Map.of()).with(pace).streamsConfig();

        // Then
        assertThat(config)
                .containsEntry("commit.interval.ms", 250L)
                .containsEntry("poll.ms", 20L)
                .containsEntry("producer.linger.ms", 20L);
    }

    @Test
    void aPaceThatMakesNoSenseIsRefused() {
        Duration millisecond = Duration.ofMillis(1);
        assertThatThrownBy(() -> new Pace(0, millisecond, millisecond))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("batch size: must be from 1 to 16384 windows, found 0");
        assertThatThrownBy(() -> new Pace(1, Duration.ofMinutes(1), millisecond))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("batch delay: must be from 1 ms to 10 s, found 60000 ms");
        assertThatThrownBy(() -> new Pace(1, millisecond, Duration.ZERO))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("commit interval: must be from 1 ms to 600 s, found 0 ms");
    }

    /// Otherwise the broker would abort each transaction before it is committed.
    @Test
    void exactlyOnceACommitComesBeforeTheTransactionEnds() {
        Pace rare = new Pace(1, Duration.ofMillis(5), Duration.ofSeconds(9));
        StreamSettings exactlyOnce = settings(Map.of());
        assertThatThrownBy(() -> exactlyOnce.with(rare))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("commit interval: must be less than the transaction timeout of 9000 ms, found 9000 ms");
    }

    @Test
    void instancesHaveClientIdsOfTheirOwnThatStayOverARestart() {
        // Given
        ClientConfig client = ClientConfig.of("localhost:1");
        StreamSettings one = StreamSettings.of(client, "app", Path.of("one"), Guarantee.AT_LEAST_ONCE);
        StreamSettings other = StreamSettings.of(client, "app", Path.of("other"), Guarantee.AT_LEAST_ONCE);
        Failover named = new Failover(Duration.ofSeconds(6), Duration.ofSeconds(9), 1, "stream-0");

        // When
        Object id = one.streamsConfig().get("client.id");

        // Then
        assertThat(id)
                .asString()
                .startsWith("app-")
                .isNotEqualTo(other.streamsConfig().get("client.id"));
        assertThat(one.with(named).streamsConfig()).containsEntry("client.id", "app-stream-0");
        assertThat(StreamSettings.of(client, "app", Path.of("one"), Guarantee.EXACTLY_ONCE)
                        .streamsConfig())
                .containsEntry("client.id", id);
        assertThat(settings(Map.of("client.id", "mine")).streamsConfig()).containsEntry("client.id", "mine");
    }

    @Test
    void tooShortTimeoutsAreRefused() {
        assertThatThrownBy(() -> new Failover(Duration.ofMillis(10), Duration.ofSeconds(1), 0, null))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("session timeout")
                .hasMessageContaining("10 ms");
    }
}
