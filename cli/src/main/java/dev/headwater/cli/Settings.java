package dev.headwater.cli;

import dev.headwater.bus.ClientConfig;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.FileSize;
import dev.headwater.forecasting.network.Suggestion;
import dev.headwater.forecasting.text.ValueRule;
import dev.headwater.forecasting.text.YamlText;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Values of options that are not on the command line: from an environment variable `HEADWATER_<OPTION>`, then
/// the file of `--config`, then the default. Kafka's settings are `HEADWATER_KAFKA_<KEY>` and `kafka.<key>`.
final class Settings implements IDefaultValueProvider {

    /// The environment variable that names the settings file.
    static final String CONFIG_VARIABLE = "HEADWATER_CONFIG";

    private static final String CONFIG_OPTION = "--config";
    private static final String ENVIRONMENT_PREFIX = "HEADWATER_";
    private static final String KAFKA_VARIABLE = ENVIRONMENT_PREFIX + "KAFKA_";

    private final Map<String, String> environment;
    private final Map<String, String> file;
    private final String subject;
    private final UnaryOperator<String> lines;

    /// @param subject name of the file in messages
    /// @param lines   where in the file a key stands, for messages
    private Settings(
            Map<String, String> environment, Map<String, String> file, String subject, UnaryOperator<String> lines) {
        this.environment = environment;
        this.file = file;
        this.subject = subject;
        this.lines = lines;
    }

    /// Reads the settings file, if one is named among the arguments or in the environment.
    ///
    /// @throws InvalidInputException when it cannot be read, or has a key that is no option of any command
    static Settings read(String[] arguments, Map<String, String> environment, CommandLine root) {
        String name = fileName(arguments, environment);
        if (name == null) {
            return new Settings(environment, Map.of(), "", key -> "");
        }
        Settings settings = load(name, environment);
        settings.requireKnown(optionNames(root));
        return settings;
    }

    /// True when a settings file is named among the arguments or in the environment.
    static boolean isUsed(String[] arguments, Map<String, String> environment) {
        return fileName(arguments, environment) != null;
    }

    private static @Nullable String fileName(String[] arguments, Map<String, String> environment) {
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].equals(CONFIG_OPTION) && i + 1 < arguments.length) {
                return arguments[i + 1];
            }
            if (arguments[i].startsWith(CONFIG_OPTION + "=")) {
                return arguments[i].substring(CONFIG_OPTION.length() + 1);
            }
        }
        return environment.get(CONFIG_VARIABLE);
    }

    private static Settings load(String name, Map<String, String> environment) {
        Path path = Path.of(name);
        String subject = "settings file " + name;
        try {
            FileSize.requireWritten("settings file", path);
            byte[] bytes = Files.readAllBytes(path);
            return name.endsWith(".properties")
                    ? properties(new String(bytes, StandardCharsets.UTF_8), subject, environment)
                    : yaml(bytes, subject, environment);
        } catch (IOException e) {
            throw InvalidInputException.unreadable(subject, path, e);
        }
    }

    private static Settings properties(String text, String subject, Map<String, String> environment)
            throws IOException {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    subject + ": a backslash and u must be followed by four hexadecimal digits", e);
        }
        Map<String, String> settings = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> settings.put(key, properties.getProperty(key)));
        return new Settings(environment, settings, subject, key -> "");
    }

    private static Settings yaml(byte[] bytes, String subject, Map<String, String> environment) {
        YamlText text = YamlText.read(bytes, subject, false, new YAMLMapper()); // it may hold secrets
        Map<String, String> settings = new TreeMap<>();
        if (!text.root().isMissingNode() && !text.root().isNull()) {
            flatten("", text.root(), settings, text);
        }
        return new Settings(environment, settings, subject, text::at);
    }

    private static void flatten(String key, JsonNode node, Map<String, String> settings, YamlText text) {
        if (node.isObject()) {
            String prefix = key.isEmpty() ? "" : key + ".";
            node.properties().forEach(entry -> flatten(prefix + entry.getKey(), entry.getValue(), settings, text));
        } else if (node.isArray() && node.valueStream().allMatch(JsonNode::isValueNode) && !key.isEmpty()) {
            settings.put(key, node.valueStream().map(JsonNode::asString).collect(Collectors.joining(",")));
        } else if (node.isValueNode() && !node.isNull() && !key.isEmpty()) {
            settings.put(key, node.asString());
        } else {
            throw text.fault(key, key.isEmpty() ? ValueRule.KEYS : "a value", node);
        }
    }

    private void requireKnown(Set<String> known) {
        for (String key : file.keySet()) {
            if (!key.startsWith(ClientConfig.PREFIX) && !known.contains(key)) {
                throw new InvalidInputException(
                        subject + ": unknown key '" + key + "'" + Suggestion.of(key, known) + lines.apply(key));
            }
        }
    }

    private static Set<String> optionNames(CommandLine command) {
        Set<String> names = new TreeSet<>();
        command.getCommandSpec().options().forEach(option -> names.addAll(keys(option)));
        command.getSubcommands().values().forEach(subcommand -> names.addAll(optionNames(subcommand)));
        return names;
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)
                || option.usageHelp()
                || option.versionHelp()
                || option.typeInfo().isMap()) {
            return null;
        }
        return keys(option).stream()
                .map(key -> environment.get(variable(key)))
                .filter(Objects::nonNull)
                .findFirst()
                .or(() -> keys(option).stream()
                        .map(file::get)
                        .filter(Objects::nonNull)
                        .findFirst())
                .orElse(null);
    }

    /// The option's long names, the current one before an older, shorter one.
    private static List<String> keys(OptionSpec option) {
        return Stream.of(option.names())
                .filter(name -> name.startsWith("--"))
                .map(name -> name.substring(2))
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    private static String variable(String key) {
        return ENVIRONMENT_PREFIX + key.replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /// Kafka's settings from file and environment, without their prefix.
    Map<String, String> kafka() {
        Map<String, String> kafka = new HashMap<>();
        file.forEach((key, value) -> {
            if (key.startsWith(ClientConfig.PREFIX)) {
                kafka.put(key.substring(ClientConfig.PREFIX.length()), value);
            }
        });
        environment.forEach((name, value) -> {
            if (name.startsWith(KAFKA_VARIABLE)) {
                String key = name.substring(KAFKA_VARIABLE.length());
                kafka.put(key.toLowerCase(Locale.ROOT).replace('_', '.'), value);
            }
        });
        return kafka;
    }

    /// Source of an option's value that is not on the command line.
    String source(OptionSpec option) {
        for (String key : keys(option)) {
            if (environment.containsKey(variable(key))) {
                return variable(key);
            }
        }
        return keys(option).stream().anyMatch(file::containsKey) ? "file" : "default";
    }

    /// The source as text for a message: the variable, or the file and line; empty for any other source.
    String place(OptionSpec option) {
        String source = source(option);
        return switch (source) {
            case "default" -> "";
            case "file" ->
                keys(option).stream()
                        .filter(file::containsKey)
                        .findFirst()
                        .map(key -> subject + lines.apply(key))
                        .orElseThrow();
            case String variable -> variable;
        };
    }
}
