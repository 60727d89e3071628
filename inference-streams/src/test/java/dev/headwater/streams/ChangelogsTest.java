package dev.headwater.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.EmbeddedBroker;
import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.TopicSpec;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.streams.state.Towns;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangelogsTest {

    private static final SensorNetwork TOWN = Towns.PROFILED;
    private static final Map<String, String> WANTED =
            Map.of("cleanup.policy", "compact", "message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));

    @TempDir
    private Path folder;

    @Test
    void thoseThatAreMissingAreCreatedAsKafkaStreamsDoes() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            // Given readings in three partitions, and the changelog of an older version
            ClientConfig client = ClientConfig.of(broker.bootstrapServers());
            TopicAdmin.ensure(client, Topics.of(TOWN).specs(3));
            TopicAdmin.ensure(client, List.of(new TopicSpec("app-windows-changelog", 3, Map.of())));
            StreamSettings settings = StreamSettings.of(client, "app", folder.resolve("state"), Guarantee.EXACTLY_ONCE);

            // When
            assertThat(Changelogs.prepare(TOWN, settings)).containsExactly("windows");

            // Then
            List<TopicSpec> specs = ForecastTopology.stores(TOWN, settings.state()).stream()
                    .map(store -> new TopicSpec("app-" + store + "-changelog", 3, WANTED))
                    .toList();
            assertThat(specs).hasSizeGreaterThan(1);
            assertThat(TopicAdmin.look(client, specs)).allSatisfy(found -> {
                assertThat(found.exists()).isTrue();
                assertThat(found.partitions()).isEqualTo(3);
                assertThat(found.drift()).isEmpty();
            });

            // And those that do not fit are refused
            TopicAdmin.ensure(client, List.of(new TopicSpec("other-sensors-changelog", 2, Map.of())));
            StreamSettings other = StreamSettings.of(client, "other", folder.resolve("state"), Guarantee.EXACTLY_ONCE);
            assertThatThrownBy(() -> Changelogs.prepare(TOWN, other))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("other-sensors-changelog: must have as many partitions as");
        }
    }
}
