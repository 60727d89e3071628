package dev.headwater.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
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

    /// One option, or one setting of Kafka's.
    ///
    /// @param value  masked when it is a secret
    /// @param source `flag`, the environment variable, `file` or `default`
    record Row(String name, String value, String source) {}

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
            ServeCommand serve = new ServeCommand();
            CommandLine command = new CommandLine(serve)
                    .setCommandName(spec.qualifiedName()) // usage errors name this command
                    .setErr(spec.commandLine().getErr())
                    .setCaseInsensitiveEnumValuesAllowed(true)
                    .setDefaultValueProvider(settings());
            ParseResult parsed = command.parseArgs(serveOptions.toArray(String[]::new));
            List<Row> options = options(parsed);
            Map<String, String> kafka = effective ? kafka(serve) : Map.of();
            answer.print(Map.of("options", options, "kafka", kafka), out -> {
                options.forEach(row -> out.printf("%-36s %-36s %s%n", row.name, row.value, row.source));
                kafka.forEach((key, value) -> out.printf("%-36s %s%n", key, value));
            });
        }

        private Settings settings() {
            return (Settings) spec.root().defaultValueProvider();
        }

        private List<Row> options(ParseResult parsed) {
            List<Row> rows = new ArrayList<>();
            for (OptionSpec option : parsed.commandSpec().options()) {
                if (!option.usageHelp() && !option.versionHelp()) {
                    addRows(option, parsed.hasMatchedOption(option), rows);
                }
            }
            return rows;
        }

        private void addRows(OptionSpec option, boolean matched, List<Row> rows) {
            String name = option.longestName();
            Object value = option.getValue();
            if (value instanceof Map<?, ?> several) {
                several.forEach((key, one) ->
                        rows.add(new Row(name + " " + key, Secrets.masked(key.toString(), one.toString()), "flag")));
                return;
            }
            String source = matched ? "flag" : settings().source(option);
            if (effective || !source.equals("default")) {
                rows.add(new Row(name, Secrets.masked(name, asTyped(option)), source));
            }
        }

        /// The value as it would be typed: 6s instead of PT6S.
        private String asTyped(OptionSpec option) {
            List<String> typed = option.originalStringValues();
            if (!typed.isEmpty()) {
                return typed.getLast();
            }
            String elsewhere = settings().defaultValue(option);
            return elsewhere == null ? Objects.toString(option.defaultValue(), "") : elsewhere;
        }

        private static Map<String, String> kafka(ServeCommand serve) {
            Map<String, String> shown = new TreeMap<>();
            serve.settings(serve.definition())
                    .streamsConfig()
                    .forEach((key, value) -> shown.put(key, Secrets.masked(key, String.valueOf(value))));
            return shown;
        }
    }
}
