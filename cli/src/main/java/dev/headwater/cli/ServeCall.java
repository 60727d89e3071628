package dev.headwater.cli;

import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.streams.StreamSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// A call of `serve` that is parsed and not run, for commands that tell about it.
final class ServeCall {

    private final ServeCommand serve = new ServeCommand();
    private final Settings elsewhere;
    private final ParseResult parsed;

    /// One option.
    ///
    /// @param value  masked when it is a secret
    /// @param source `flag`, the environment variable, `file` or `default`
    record Row(String name, String value, String source) {}

    /// @param caller  the command that was called, which usage errors name
    /// @param options of `serve`
    ServeCall(CommandSpec caller, List<String> options) {
        elsewhere = (Settings) caller.root().defaultValueProvider();
        parsed = new CommandLine(serve)
                .setCommandName(caller.qualifiedName())
                .setErr(caller.commandLine().getErr())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setDefaultValueProvider(elsewhere)
                .parseArgs(options.toArray(String[]::new));
    }

    SensorNetwork network() {
        return serve.definition();
    }

    StreamSettings settings() {
        return serve.settings(serve.definition());
    }

    /// Headwater's options; secrets are masked.
    ///
    /// @param withDefaults false leaves out those that were not set
    List<Row> options(boolean withDefaults) {
        List<Row> rows = new ArrayList<>();
        for (OptionSpec option : parsed.commandSpec().options()) {
            if (!option.usageHelp() && !option.versionHelp()) {
                addRows(option, withDefaults, rows);
            }
        }
        return rows;
    }

    private void addRows(OptionSpec option, boolean withDefaults, List<Row> rows) {
        String name = option.longestName();
        if (option.getValue() instanceof Map<?, ?> several) {
            several.forEach((key, one) ->
                    rows.add(new Row(name + " " + key, Secrets.masked(key.toString(), one.toString()), "flag")));
            return;
        }
        String source = parsed.hasMatchedOption(option) ? "flag" : elsewhere.source(option);
        if (withDefaults || !source.equals("default")) {
            rows.add(new Row(name, Secrets.masked(name, asTyped(option)), source));
        }
    }

    /// The value as it would be typed: 6s instead of PT6S.
    private String asTyped(OptionSpec option) {
        List<String> typed = option.originalStringValues();
        if (!typed.isEmpty()) {
            return typed.getLast();
        }
        String other = elsewhere.defaultValue(option);
        return other == null ? Objects.toString(option.defaultValue(), "") : other;
    }

    /// The configuration of Kafka Streams, by name; secrets are masked.
    Map<String, String> kafka() {
        Map<String, String> shown = new TreeMap<>();
        settings().streamsConfig().forEach((key, value) -> shown.put(key, Secrets.masked(key, String.valueOf(value))));
        return shown;
    }
}
