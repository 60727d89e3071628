package dev.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.bus.TopicSpec;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.network.NetworkFile;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TopicsDescribeCommandTest {

    @Test
    void saysWhoWritesAndReadsEachTopicAndWhatIsOnIt() {
        // When
        CommandRun run = CommandRun.of("topics", "describe", "--network", "pems-bay");

        // Then
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().lines().toList())
                .containsSequence(
                        "traffic.pems-bay.forecasts.v1",
                        "  written by   serve",
                        "  read by      dashboards, any program",
                        "  key          sensor id",
                        "  value        JSON or binary: forecast",
                        "  record time  issuedAt, start of the newest slot seen")
                .containsAll(Topics.of(NetworkFile.load("pems-bay")).specs().stream()
                        .map(TopicSpec::name)
                        .toList())
                .allMatch(line -> line.length() <= 80);
    }

    @Test
    void printsOneAsyncApiDocumentAndNothingElse() {
        // When
        CommandRun run = CommandRun.of(
                "topics",
                "describe",
                "--network",
                "pems-bay,speech",
                "--asyncapi",
                "--bootstrap",
                "kafka.example.org:9092",
                "--partitions",
                "8");

        // Then
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        JsonNode document = JsonMapper.shared().readTree(run.out());
        assertThat(document.get("asyncapi").asString()).isEqualTo("3.0.0");
        assertThat(document.at("/servers/kafka/host").asString()).isEqualTo("kafka.example.org:9092");
        assertThat(document.get("channels").propertyNames())
                .contains("traffic.pems-bay.forecasts.v1", "audio.speech.keywords.v1", Topics.MODELS);
        assertThat(document.at("/channels/traffic.pems-bay.forecasts.v1/bindings/kafka/partitions")
                        .asInt())
                .isEqualTo(8);
    }

    @Test
    void printsTheTableAsJsonToo() {
        // When
        CommandRun run = CommandRun.of("topics", "describe", "--network", "jena", "--json");

        // Then
        JsonNode topics = JsonMapper.shared().readTree(run.out()).get("topics");
        assertThat(topics).hasSize(7);
        assertThat(topics.get(0).propertyNames())
                .containsExactly("topic", "writtenBy", "readBy", "key", "value", "recordTime", "internal");
    }

    @Test
    void refusesTheSameNetworkTwiceAndTwoFormsAtOnce() {
        // When
        CommandRun twice = CommandRun.of("topics", "describe", "--network", "jena,jena");
        CommandRun both = CommandRun.of("topics", "describe", "--network", "jena", "--json", "--asyncapi");

        // Then
        assertThat(twice.exitCode()).isEqualTo(1);
        assertThat(twice.err()).contains("networks: must differ in name, found jena twice");
        assertThat(both.exitCode()).isEqualTo(2);
        assertThat(both.err()).contains("--asyncapi, --json: must be one of them, found both");
    }
}
