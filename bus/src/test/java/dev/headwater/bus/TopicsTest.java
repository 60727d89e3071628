package dev.headwater.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import org.junit.jupiter.api.Test;

class TopicsTest {

    private final Topics topics = Topics.of(Networks.PEMS);

    @Test
    void areNamedAfterDomainAndNetwork() {
        assertThat(topics.readings()).isEqualTo("traffic.pems-bay.readings.v1");
        assertThat(topics.forecasts()).isEqualTo("traffic.pems-bay.forecasts.v1");
        assertThat(topics.accuracy()).isEqualTo("traffic.pems-bay.accuracy.v1");
        assertThat(topics.deadReadings()).isEqualTo("traffic.pems-bay.readings.dlq.v1");
        assertThat(Topics.MODELS).isEqualTo("headwater.models.v1");
    }

    @Test
    void keepEventsOfAnyTimeAndTheNewestModel() {
        // Given the topics of a network / When specified
        var specs = topics.specs(7);
        // Then none deletes by record time, readings and forecasts have 7 partitions, and models are compacted
        assertThat(specs)
                .hasSize(7)
                .allSatisfy(spec -> assertThat(spec.config().getOrDefault("retention.ms", "-1"))
                        .isEqualTo("-1"));
        assertThat(specs).extracting(TopicSpec::partitions).containsExactly(7, 7, 1, 1, 1, 1, 1);
        assertThat(specs).extracting(TopicSpec::name).contains(topics.accuracy());
        assertThat(Topics.models().config()).containsEntry("cleanup.policy", "compact");
        assertThat(topics.specs().getFirst().partitions()).isEqualTo(Topics.DEFAULT_PARTITIONS);
    }

    @Test
    void ofSoundHaveOneForTheWordsHeard() {
        Topics sound = Topics.of(Networks.SPEECH);
        assertThat(sound.keywords()).isEqualTo("audio.speech.keywords.v1");
        assertThat(sound.specs(3)).extracting(TopicSpec::name).contains("audio.speech.keywords.v1");
        assertThat(sound.specs(3)).extracting(TopicSpec::partitions).containsExactly(3, 3, 3, 1, 1, 1);
        assertThat(topics.specs()).extracting(TopicSpec::name).doesNotContain(topics.keywords());
    }

    @Test
    void needAPartition() {
        assertThatThrownBy(() -> topics.specs(0))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("topic traffic.pems-bay.readings.v1: partitions must be 1 or more, found 0");
    }
}
