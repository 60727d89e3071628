package dev.headwater.cli;

import dev.headwater.bus.TopicReport;
import dev.headwater.bus.TopicReport.State;
import dev.headwater.bus.TopicSpec;
import dev.headwater.bus.Topics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Creates, lists and describes the topics of a network.
@Command(
        name = "topics",
        subcommands = TopicsDescribeCommand.class,
        mixinStandardHelpOptions = true,
        description = "Create the topics of a network with their partitions, retention and compaction, list them, or"
                + " describe what is on them.",
        footer = {
            "",
            "Examples:",
            "  headwater topics apply --network pems-bay --partitions 8 --replication 3 --bootstrap kafka:9092",
            "  headwater topics list --network pems-bay",
            "  headwater topics describe --network pems-bay"
        })
final class TopicsCommand {

    @Command(
            name = "apply",
            mixinStandardHelpOptions = true,
            description = "Create missing topics, and correct settings that differ; a second run changes" + " nothing.",
            footer = {"", "Example:", "  headwater topics apply --network pems-bay --partitions 8 --replication 3"})
    int apply(
            @Mixin NetworkOption network,
            @Mixin KafkaOptions kafka,
            @Option(
                            names = "--replication",
                            paramLabel = "N",
                            description = "Copies of each partition of a new topic; default: the broker's own default.")
                    @Nullable
                    Short replication,
            @Mixin Answer answer) {
        if (replication != null && replication < 1) {
            throw answer.wrong("--replication: must be at least 1, found " + replication);
        }
        List<TopicSpec> specs = Topics.of(network.load()).specs(kafka.partitions());
        print(TopicReport.apply(kafka.client(), specs, Optional.ofNullable(replication)), answer);
        return 0;
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Show the topics as the broker has them; exit code 1 when one is missing or its"
                    + " settings differ.",
            footer = {"", "Example:", "  headwater topics list --network pems-bay --bootstrap kafka:9092"})
    int list(@Mixin NetworkOption network, @Mixin KafkaOptions kafka, @Mixin Answer answer) {
        List<TopicReport> rows =
                TopicReport.list(kafka.client(), Topics.of(network.load()).specs(kafka.partitions()));
        print(rows, answer);
        return rows.stream().allMatch(row -> row.state() == State.GOOD) ? 0 : 1;
    }

    private static void print(List<TopicReport> rows, Answer answer) {
        answer.print(Map.of("topics", rows), out -> {
            out.printf(Locale.ROOT, "%-44s %10s %11s  %s%n", "topic", "partitions", "replication", "state");
            for (TopicReport row : rows) {
                out.printf(
                        Locale.ROOT,
                        "%-44s %10d %11d  %s%s%n",
                        row.topic(),
                        row.partitions(),
                        row.replication(),
                        row.state().word(),
                        row.state() == State.CREATED || row.drift().isEmpty() ? "" : " " + row.drift());
            }
        });
    }
}
