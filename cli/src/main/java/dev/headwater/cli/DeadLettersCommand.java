package dev.headwater.cli;

import dev.headwater.bus.DeadLetter;
import dev.headwater.bus.DeadLetterReplay;
import dev.headwater.bus.DeadLetterTopic;
import dev.headwater.forecasting.Printable;
import dev.headwater.forecasting.Words;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.Suggestion;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Looks at what the stream refused, and sends it back.
@Command(
        name = "dead-letters",
        mixinStandardHelpOptions = true,
        description = "List the records that the stream refused, or send them back to the readings topic.",
        subcommands = {DeadLettersCommand.ListLetters.class, DeadLettersCommand.Replay.class},
        footer = {
            "",
            "Examples:",
            "  headwater dead-letters list --network pems-bay",
            "  headwater dead-letters replay --network pems-bay --reason out-of-range --dry-run"
        })
final class DeadLettersCommand {

    private static final int LONGEST_SHOWN = 80;

    /// One dead letter as it is shown.
    ///
    /// @param offset on the dead-letter topic
    /// @param time   event time, ISO 8601
    /// @param source `topic-partition@offset`
    /// @param whole  false when it cannot be sent back
    record Row(
            int partition,
            long offset,
            String time,
            String reason,
            String text,
            String source,
            @Nullable String key,
            @Nullable String value,
            boolean whole) {}

    /// What `dead-letters list --json` prints.
    ///
    /// @param reasons letters by reason
    /// @param newest  the newest ones, newest first
    record Listing(String network, long total, Map<String, Long> reasons, List<Row> newest) {}

    private static Row row(DeadLetterTopic.Entry entry) {
        DeadLetter letter = entry.letter();
        DeadLetter.Source source = letter.source();
        return new Row(
                entry.partition().partition(),
                entry.offset(),
                Instant.ofEpochMilli(source.time()).toString(),
                letter.reason(),
                letter.text(),
                source.topic() + "-" + source.partition() + "@" + source.offset(),
                shown(letter.key()),
                shown(letter.value()),
                letter.isWhole());
    }

    private static @Nullable String shown(byte @Nullable [] bytes) {
        return bytes == null ? null : Printable.shortened(new String(bytes, StandardCharsets.UTF_8), LONGEST_SHOWN);
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Count the dead letters by reason, and show the newest.",
            footer = {"", "Example:", "  headwater dead-letters list --network pems-bay --limit 5"})
    static final class ListLetters implements Runnable {

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private NetworkOption network = new NetworkOption();

        @Mixin
        private KafkaOptions kafka = new KafkaOptions();

        @Option(
                names = "--limit",
                defaultValue = "10",
                paramLabel = "N",
                description = "Newest ones shown; default: ${DEFAULT-VALUE}.")
        private int limit = 10;

        @Option(names = "--json", description = "Print one JSON object and nothing else.")
        private boolean json;

        @Override
        public void run() {
            SensorNetwork definition = network.load();
            Map<String, Long> reasons = new TreeMap<>();
            Deque<Row> newest = new ArrayDeque<>();
            try (DeadLetterTopic topic = DeadLetterTopic.open(kafka.client(), definition)) {
                topic.read(topic.ends(), entry -> {
                    reasons.merge(entry.letter().reason(), 1L, Long::sum);
                    newest.addFirst(row(entry));
                    if (newest.size() > limit) {
                        newest.removeLast();
                    }
                });
            }
            long total = reasons.values().stream().mapToLong(Long::longValue).sum();
            Listing listing = new Listing(definition.name(), total, reasons, new ArrayList<>(newest));
            if (json) {
                Output.json(spec, listing);
            } else {
                print(spec.commandLine().getOut(), listing);
            }
        }

        private static void print(PrintWriter out, Listing listing) {
            out.printf("%s: %s%n", listing.network, Words.count(listing.total, "dead letter"));
            listing.reasons.forEach((reason, count) -> out.printf("  %-18s %d%n", reason, count));
            for (Row row : listing.newest) {
                out.printf("%s  %s  key %s: %s%n", row.time, row.source, row.key, row.text);
            }
            out.flush();
        }
    }

    @Command(
            name = "replay",
            mixinStandardHelpOptions = true,
            description = {
                "Send dead letters back to the readings topic, once newer code or another setting takes them.",
                "What was sent is remembered: a second replay does not send it again."
            },
            footer = {
                "",
                "Example:",
                "  headwater dead-letters replay --network pems-bay --reason out-of-range --dry-run"
            })
    static final class Replay implements Runnable {

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private NetworkOption network = new NetworkOption();

        @Mixin
        private KafkaOptions kafka = new KafkaOptions();

        @Option(
                names = "--reason",
                split = ",",
                paramLabel = "CODE",
                description = "Only these, such as out-of-range; may be repeated; default: all.")
        private Set<String> reasons = new TreeSet<>();

        @Option(names = "--dry-run", description = "Say what would be sent, and send nothing.")
        private boolean dryRun;

        @Option(names = "--json", description = "Print one JSON object and nothing else.")
        private boolean json;

        @Override
        public void run() {
            for (String reason : reasons) {
                if (!DeadLetterReplay.all().contains(reason)) {
                    throw new ParameterException(
                            spec.commandLine(),
                            "--reason: unknown '" + reason + "'" + Suggestion.of(reason, DeadLetterReplay.all()));
                }
            }
            DeadLetterReplay.Report report = new DeadLetterReplay(kafka.client(), network.load(), reasons).run(dryRun);
            if (json) {
                Output.json(spec, report);
                return;
            }
            PrintWriter out = spec.commandLine().getOut();
            out.printf("%s %s%n", dryRun ? "would send" : "sent", Words.count(report.total(), "dead letter"));
            report.sent().forEach((reason, count) -> out.printf("  %-18s %d%n", reason, count));
            out.printf("%d cannot be sent back, %d were sent earlier%n", report.cut(), report.doneEarlier());
            out.flush();
        }
    }
}
