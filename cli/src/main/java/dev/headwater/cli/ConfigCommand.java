package dev.headwater.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/// Shows the settings that a service would run with.
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description = "Show the settings of the stream, and where each comes from.",
        subcommands = ConfigCommand.Show.class,
        footer = {"", "Example:", "  headwater config show --effective --network pems-bay"})
final class ConfigCommand {

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = {
                "Show what serve would run with, given the same options, environment and settings file.",
                "Secrets are masked. Precedence: flag, environment, file, default."
            },
            footer = {
                "",
                "Examples:",
                "  headwater config show --effective --network pems-bay",
                "  headwater config show --network pems-bay --config serve.yaml --guarantee exactly-once"
            })
    static final class Show implements Runnable {

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Option(names = "--effective", description = "Also show defaults, and the configuration of Kafka Streams.")
        private boolean effective;

        @Mixin
        private Answer answer = new Answer();

        @Unmatched
        private List<String> serveOptions = new ArrayList<>();

        @Override
        public void run() {
            ServeCall call = new ServeCall(spec, serveOptions);
            List<ServeCall.Row> options = call.options(effective);
            Map<String, String> kafka = effective ? call.kafka() : Map.of();
            answer.print(Map.of("options", options, "kafka", kafka), out -> {
                options.forEach(row -> out.printf("%-36s %-36s %s%n", row.name(), row.value(), row.source()));
                kafka.forEach((key, value) -> out.printf("%-36s %s%n", key, value));
            });
        }
    }
}
