package dev.headwater.cli;

import dev.headwater.bus.DeadLetterListing;
import dev.headwater.bus.DeadLetterReplay;
import dev.headwater.forecasting.Words;
import dev.headwater.forecasting.network.Suggestion;
import java.io.PrintWriter;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Shows the records that the stream refused, and sends them back.
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

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Count the dead letters by reason, and show the newest.",
            footer = {"", "Example:", "  headwater dead-letters list --network pems-bay --limit 5"})
    static final class ListLetters implements Runnable {

        @Mixin
        private NetworkOption network = new NetworkOption();

        @Mixin
        private KafkaOptions kafka = new KafkaOptions();

        @Option(
                names = "--limit",
                defaultValue = "10",
                paramLabel = "N",
                description = "Number of newest dead letters to show; default: ${DEFAULT-VALUE}.")
        private int limit = 10;

        @Mixin
        private Answer answer = new Answer();

        @Override
        public void run() {
            DeadLetterListing listing = DeadLetterListing.read(kafka.client(), network.load(), limit);
            answer.print(listing, out -> print(out, listing));
        }

        private static void print(PrintWriter out, DeadLetterListing listing) {
            out.printf("%s: %s%n", listing.network(), Words.count(listing.total(), "dead letter"));
            listing.reasons().forEach((reason, count) -> out.printf("  %-18s %d%n", reason, count));
            for (DeadLetterListing.Row row : listing.newest()) {
                out.printf("%s  %s  key %s: %s%n", row.time(), row.source(), row.key(), row.text());
            }
        }
    }

    @Command(
            name = "replay",
            mixinStandardHelpOptions = true,
            description = {
                "Send dead letters back to the readings topic, when newer code or another setting accepts them.",
                "A second replay does not send the same dead letters again."
            },
            footer = {
                "",
                "Example:",
                "  headwater dead-letters replay --network pems-bay --reason out-of-range --dry-run"
            })
    static final class Replay implements Runnable {

        @Mixin
        private NetworkOption network = new NetworkOption();

        @Mixin
        private KafkaOptions kafka = new KafkaOptions();

        @Option(
                names = "--reason",
                split = ",",
                paramLabel = "CODE",
                description = "Only dead letters with this reason, such as out-of-range; repeatable; default: all.")
        private Set<String> reasons = new TreeSet<>();

        @Option(names = "--dry-run", description = "Say what would be sent, and send nothing.")
        private boolean dryRun;

        @Mixin
        private Answer answer = new Answer();

        @Override
        public void run() {
            for (String reason : reasons) {
                if (!DeadLetterReplay.all().contains(reason)) {
                    throw answer.wrong(
                            "--reason: unknown '" + reason + "'" + Suggestion.of(reason, DeadLetterReplay.all()));
                }
            }
            DeadLetterReplay.Report report = new DeadLetterReplay(kafka.client(), network.load(), reasons).run(dryRun);
            answer.print(report, out -> print(out, report));
        }

        private static void print(PrintWriter out, DeadLetterReplay.Report report) {
            out.printf("%s %s%n", report.dryRun() ? "would send" : "sent", Words.count(report.total(), "dead letter"));
            report.sent().forEach((reason, count) -> out.printf("  %-18s %d%n", reason, count));
            out.printf("%d cannot be sent back, %d were sent earlier%n", report.cut(), report.doneEarlier());
        }
    }
}
