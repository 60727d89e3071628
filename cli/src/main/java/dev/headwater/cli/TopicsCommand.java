package dev.headwater.cli;

import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.TopicSpec;
import dev.headwater.bus.TopicState;
import dev.headwater.bus.Topics;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Makes and shows the topics of a network.
@Command(
        name = "topics",
        mixinStandardHelpOptions = true,
        description = "Create the topics of a network with their partitions, retention and compaction, or list them.",
        footer = {
            "",
            "Examples:",
            "  headwater topics apply --network pems-bay --partitions 8 --replication 3 --bootstrap kafka:9092",
            "  headwater topics list --network pems-bay"
        })
final class TopicsCommand {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /// One topic, as `topics list --json` and `topics apply --json` print it.
    ///
    /// @param partitions  as the broker has them; 0 = no such topic
    /// @param replication copies of each partition
    /// @param config      the settings that Headwater asks for
    /// @param drift       those of them that the broker has otherwise, with the value asked for
    /// @param state       list: `good`, `drifted` or `missing`; apply: `unchanged`, `changed` or `created`
    record Row(
            String topic,
            int partitions,
            int replication,
            Map<String, String> config,
            Map<String, String> drift,
            String state) {}

    @Command(
            name = "apply",
            mixinStandardHelpOptions = true,
            description = "Create missing topics, and set what was set otherwise; the second time does nothing.",
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
            @Option(names = "--json", description = "Print one JSON object and nothing else.") boolean json) {
        if (replication != null && replication < 1) {
            throw new ParameterException(spec.commandLine(), "--replication: must be at least 1, found " + replication);
        }
        List<TopicSpec> specs = Topics.of(network.load()).specs(kafka.partitions());
        List<TopicState> before = TopicAdmin.apply(kafka.client(), specs, Optional.ofNullable(replication));
        List<TopicState> after = TopicAdmin.look(kafka.client(), specs);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < specs.size(); i++) {
            TopicState was = before.get(i);
            String done = !was.exists() ? "created" : was.drift().isEmpty() ? "unchanged" : "changed";
            rows.add(row(after.get(i), was.drift(), done));
        }
        print(rows, json);
        return 0;
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Show the topics as the broker has them; exit code 1 when one is missing or set otherwise.",
            footer = {"", "Example:", "  headwater topics list --network pems-bay --bootstrap kafka:9092"})
    int list(
            @Mixin NetworkOption network,
            @Mixin KafkaOptions kafka,
            @Option(names = "--json", description = "Print one JSON object and nothing else.") boolean json) {
        List<TopicState> states =
                TopicAdmin.look(kafka.client(), Topics.of(network.load()).specs(kafka.partitions()));
        List<Row> rows = states.stream()
                .map(state -> row(state, state.drift(), judgement(state)))
                .toList();
        print(rows, json);
        return rows.stream().allMatch(row -> row.state.equals("good")) ? 0 : 1;
    }

    private static String judgement(TopicState state) {
        if (!state.exists()) {
            return "missing";
        }
        boolean good =
                state.drift().isEmpty() && state.partitions() == state.wanted().partitions();
        return good ? "good" : "drifted";
    }

    private static Row row(TopicState state, Map<String, String> drift, String word) {
        return new Row(
                state.wanted().name(),
                state.partitions(),
                state.replication(),
                new TreeMap<>(state.wanted().config()),
                drift,
                word);
    }

    private void print(List<Row> rows, boolean json) {
        if (json) {
            Output.json(spec, Map.of("topics", rows));
            return;
        }
        PrintWriter out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, "%-44s %10s %11s  %s%n", "topic", "partitions", "replication", "state");
        for (Row row : rows) {
            String drift = row.state.equals("created") || row.drift.isEmpty() ? "" : " " + row.drift;
            out.printf(
                    Locale.ROOT,
                    "%-44s %10d %11d  %s%s%n",
                    row.topic,
                    row.partitions,
                    row.replication,
                    row.state,
                    drift);
        }
        out.flush();
    }
}
