package dev.headwater.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicAdminTest {

    @TempDir
    private Path folder;

    @Test
    void appliesTopicsAndSaysWhatWasThere() {
        // Given a broker with one topic whose settings differ from those asked for
        TopicSpec old = new TopicSpec("models", 1, Map.of("cleanup.policy", "delete", "segment.bytes", "1048576"));
        TopicSpec models = new TopicSpec("models", 1, Map.of("cleanup.policy", "compact", "segment.bytes", "1048576"));
        TopicSpec readings = new TopicSpec("readings", 3, Map.of("retention.bytes", "2048"));
        List<TopicSpec> wanted = List.of(models, readings);
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
            ClientConfig config = ClientConfig.of(broker.bootstrapServers());
            TopicAdmin.ensure(config, List.of(old));

            // When applied
            List<TopicState> before = TopicAdmin.apply(config, wanted, Optional.of((short) 1));

            // Then it returns the state before, and the broker now has what was requested
            assertThat(before)
                    .containsExactly(new TopicState(models, 1, 1, old.config()), TopicState.missing(readings));
            assertThat(before.getFirst().drift()).containsExactly(Map.entry("cleanup.policy", "compact"));
            List<TopicState> after = TopicAdmin.look(config, wanted);
            assertThat(after)
                    .containsExactly(
                            new TopicState(models, 1, 1, models.config()),
                            new TopicState(readings, 3, 1, readings.config()));

            // When applied again / Then nothing is left to do
            assertThat(TopicAdmin.apply(config, wanted, Optional.empty())).isEqualTo(after);
            assertThat(after).allSatisfy(state -> assertThat(state.drift()).isEmpty());

            // When more copies are asked for than there are brokers, or other partitions / Then it says so
            TopicSpec copied = new TopicSpec("copied", 1, Map.of());
            assertThatThrownBy(() -> TopicAdmin.apply(config, List.of(copied), Optional.of((short) 3)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("topic copied cannot be created: ");
            TopicSpec wider = new TopicSpec("readings", 4, Map.of());
            assertThatThrownBy(() -> TopicAdmin.apply(config, List.of(wider), Optional.empty()))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("topic readings: must have 4 partitions, found 3");
        }
    }

    @Test
    void takesTopicsThatAreThereAsTheyAre() {
        // Given existing topics with other numbers of partitions
        TopicSpec readings = new TopicSpec("readings", 3, Map.of());
        TopicSpec several = new TopicSpec("models", 2, Map.of());
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
            ClientConfig config = ClientConfig.of(broker.bootstrapServers());
            TopicAdmin.ensure(config, List.of(readings, several));

            // When others are asked for
            TopicAdmin.ensure(
                    config, List.of(new TopicSpec("readings", 4, Map.of()), new TopicSpec("new", 4, Map.of())));

            // Then they keep their partitions, and the missing topic is created
            assertThat(TopicAdmin.partitions(config, List.of("readings", "new", "none")))
                    .isEqualTo(Map.of("readings", 3, "new", 4));

            // When the number of partitions is fixed / Then it says so
            TopicSpec one = new TopicSpec("models", 1, Map.of(), true);
            assertThatThrownBy(() -> TopicAdmin.ensure(config, List.of(one)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("topic models: must have 1 partitions, found 2");
        }
    }
}
