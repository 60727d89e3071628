package dev.headwater.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import java.util.Map;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientConfigTest {

    @Test
    void passesOverridesToTheClientsTheyAreMeantFor() {
        // Given overrides for all clients, and for one kind
        ClientConfig config = new ClientConfig(
                "a:1,b:2", Map.of("security.protocol", "SSL", "producer.acks", "1", "consumer.max.poll.records", "9"));
        // When asked for the settings of each / Then
        assertThat(config.base("x"))
                .isEqualTo(Map.of("bootstrap.servers", "a:1,b:2", "client.id", "x", "security.protocol", "SSL"));
        assertThat(config.producer("p"))
                .containsEntry("acks", "1")
                .containsEntry("security.protocol", "SSL")
                .containsEntry("enable.idempotence", true)
                .doesNotContainKey("max.poll.records");
        assertThat(config.consumer("c", "g"))
                .containsEntry("max.poll.records", "9")
                .containsEntry("group.id", "g");
        assertThat(config.consumer("c", "")).doesNotContainKey("group.id");
        assertThat(config.admin("a")).doesNotContainKeys("acks", "max.poll.records");
    }

    @Test
    void printsNoSecret() {
        // Given a secret / When printed / Then its name is there, its value is not
        ClientConfig config = new ClientConfig(ClientConfig.DEFAULT_SERVERS, Map.of("ssl.key.password", "hunter2"));
        assertThat(config).hasToString("ClientConfig[localhost:9092, overrides [ssl.key.password]]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "localhost:", "a:1,", "http://a:1", "a:b"})
    void refusesWhatIsNoAddress(String servers) {
        assertThatThrownBy(() -> ClientConfig.of(servers))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("bootstrap.servers: must be host:port, several with commas, found '" + servers + "'");
    }

    @Test
    void saysWhichSettingKafkaRefuses() {
        ClientConfig config = new ClientConfig(ClientConfig.DEFAULT_SERVERS, Map.of("producer.linger.ms", "soon"));
        assertThatThrownBy(() -> config.openProducer("p", new StringSerializer()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("linger.ms");
    }

    @Test
    void saysThatNoBrokerAnswers() {
        // Given an address where nothing listens, and short timeouts
        ClientConfig config =
                new ClientConfig("localhost:1", Map.of("default.api.timeout.ms", "300", "request.timeout.ms", "200"));
        // When topics are asked for / Then
        assertThatThrownBy(
                        () -> TopicAdmin.ensure(config, Topics.of(Networks.PEMS).specs()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("no Kafka broker answers at localhost:1 (bootstrap.servers): is one running? start one with"
                        + " `headwater broker`");
    }
}
