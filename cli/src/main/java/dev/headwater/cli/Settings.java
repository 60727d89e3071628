package dev.headwater.cli;

import dev.headwater.bus.ClientConfig;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.Suggestion;
import java.io.IOException;
import java.io.StringReader;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Where options come from when the command line does not say them: an environment variable `HEADWATER_<OPTION>`, then
/// the file of `--config`, then the default. Kafka's settings are `HEADWATER_KAFKA_<KEY>` and `kafka.<key>`.
final class Settings implements IDefaultValueProvider {

    /// Names the settings file in the environment.
    static final String CONFIG_VARIABLE = "HEADWATER_CONFIG";

    private static final String CONFIG_OPTION = "--config";
    private static final String ENVIRONMENT_PREFIX = "HEADWATER_";
    private static final String KAFKA_VARIABLE = ENVIRONMENT_PREFIX + "KAFKA_";

    private final Map<String, String> environment;
    private final Map<String, String> file;

    private Settings(Map<String, String> environment, Map<String, String> file) {
        this.environment = environment;
        this.file = file;
    }

    /// Reads the settings file, if one is named among the arguments or in the environment.
    ///
    /// @throws InvalidInputException when it cannot be read, or has a key that is no option of any command
    static Settings read(String[] arguments, Map<String, String> environment, CommandLine root) {
        String name = fileName(arguments, environment);
        if (name == null) {
            return new Settings(environment, Map.of());
        }
        Map<String, String> file = load(Path.of(name));
        requireKnown(name, file, optionNames(root));
        return new Settings(environment, file);
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

    private static Map<String, String> load(Path path) {
        try {
            String text = Files.readString(path);
            return path.toString().endsWith(".properties") ? properties(text) : yaml(text, path);
        } catch (IOException e) {
            throw new InvalidInputException("settings file " + path + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Map<String, String> properties(String text) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        Map<String, String> settings = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> settings.put(key, properties.getProperty(key)));
        return settings;
    }

    private static Map<String, String> yaml(String text, Path path) {
        Map<String, String> settings = new TreeMap<>();
        try {
            JsonNode root = new YAMLMapper().readTree(text);
            if (!root.isObject() && !root.isMissingNode() && !root.isNull()) {
                throw new InvalidInputException("settings file " + path + ": must hold keys and values");
            }
            flatten("", root, settings);
        } catch (JacksonException e) {
            // Jackson quotes what it found there, and that may be a secret.
            throw new InvalidInputException("settings file " + path + ": no YAML at line "
                    + (e.getLocation() == null ? "?" : e.getLocation().getLineNr()));
        }
        return settings;
    }

    private static void flatten(String prefix, JsonNode node, Map<String, String> settings) {
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            String key = prefix + entry.getKey();
            if (entry.getValue().isObject()) {
                flatten(key + ".", entry.getValue(), settings);
            } else {
                settings.put(key, entry.getValue().asString());
            }
        }
    }

    private static void requireKnown(String name, Map<String, String> file, Set<String> known) {
        for (String key : file.keySet()) {
            if (!key.startsWith(ClientConfig.PREFIX) && !known.contains(key)) {
                throw new InvalidInputException(
                        "settings file " + name + ": unknown key '" + key + "'" + Suggestion.of(key, known));
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
                .or(() -> keys(option).stream().map(file::get).filter(Objects::nonNull).findFirst())
                .orElse(null);
    }

    /// Its long names, an older word after the one of today, which is longer.
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

    /// Kafka's settings of file and environment, without their prefix.
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

    /// Where an option's value comes from when the command line does not say it.
    String source(OptionSpec option) {
        for (String key : keys(option)) {
            if (environment.containsKey(variable(key))) {
                return variable(key);
            }
        }
        return keys(option).stream().anyMatch(file::containsKey) ? "file" : "default";
    }
}
