package dev.headwater.forecasting.network;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.text.JsonFault;
import dev.headwater.forecasting.text.Quote;
import dev.headwater.forecasting.text.YamlText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Reads the YAML definition of a network, found by the name of a shipped network or by path.
public final class NetworkFile {

    /// The networks that come with Headwater.
    public static final List<String> SHIPPED = List.of("pems-bay", "aarhus", "simulated-city", "jena", "speech");

    /// Former names of the window's keys, which are still accepted.
    private static final Map<String, String> FORMER =
            Map.of("window.every", "window.stride", "window.horizonEvery", "window.horizonStride");

    private static final Pattern SUBJECT = Pattern.compile("(?:network [^:]*: )?([A-Za-z][\\w.]*)(?::| must)");

    /// In a class of its own, because it takes long to make and [#SHIPPED] is read without it.
    private static final class Yaml {
        static final YAMLMapper MAPPER = YAMLMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .build();
    }

    private NetworkFile() {}

    /// Loads a network by name or from a file.
    ///
    /// @param nameOrPath a shipped name (`pems-bay`), or a path that ends in `.yaml` or `.yml`
    /// @throws InvalidInputException when there is no such network, or it breaks a rule; names the key and the
    ///     file
    public static SensorNetwork load(String nameOrPath) {
        return load(nameOrPath, Map.of());
    }

    /// Loads a network by name or from a file, with some of its keys changed.
    ///
    /// @param changes values by key path, such as `window.horizon`; written as in the file
    /// @throws InvalidInputException as above
    public static SensorNetwork load(String nameOrPath, Map<String, String> changes) {
        if (nameOrPath.endsWith(".yaml") || nameOrPath.endsWith(".yml")) {
            return read(Path.of(nameOrPath), changes);
        }
        if (!SHIPPED.contains(nameOrPath)) {
            throw new InvalidInputException("network '" + nameOrPath + "' is not shipped and no .yaml file"
                    + Suggestion.of(nameOrPath, SHIPPED));
        }
        try (InputStream in = NetworkFile.class.getResourceAsStream("/networks/" + nameOrPath + ".yaml")) {
            if (in == null) {
                throw new IllegalStateException("shipped network " + nameOrPath + " is not on the class path");
            }
            return parse(in.readAllBytes(), nameOrPath + ".yaml", changes);
        } catch (IOException e) {
            throw new IllegalStateException("shipped network " + nameOrPath + " cannot be read", e);
        }
    }

    private static SensorNetwork read(Path file, Map<String, String> changes) {
        try {
            FileSize.requireWritten("network file", file);
            return parse(Files.readAllBytes(file), file.toString(), changes);
        } catch (IOException e) {
            throw InvalidInputException.unreadable("network file " + file, file, e);
        }
    }

    static SensorNetwork parse(byte[] yaml, String source) {
        return parse(yaml, source, Map.of());
    }

    private static SensorNetwork parse(byte[] original, String source, Map<String, String> changes) {
        YamlText text = YamlText.read(original, source, true, Yaml.MAPPER);
        if (text.root().isMissingNode() || text.root().isNull()) {
            throw new InvalidInputException(source + ": must describe a network, found nothing");
        }
        boolean renamed = rename(text, source);
        changes.forEach((path, value) -> {
            String key = FORMER.getOrDefault(path, path);
            change(text.root(), key, value);
            text.changed(key);
        });
        KnownKeys.require(text, SensorNetwork.class, source, Yaml.MAPPER);
        try {
            // From the text if possible: the tree does not keep how numbers were written.
            return changes.isEmpty() && !renamed
                    ? Yaml.MAPPER.readValue(original, SensorNetwork.class)
                    : Yaml.MAPPER.readValue(Yaml.MAPPER.writeValueAsBytes(text.root()), SensorNetwork.class);
        } catch (JacksonException e) {
            String fault = JsonFault.of(e);
            throw new InvalidInputException(source + ": " + fault + text.at(key(fault, JsonFault.path(e))), e);
        }
    }

    private static boolean rename(YamlText text, String source) {
        boolean renamed = false;
        for (Map.Entry<String, String> key : FORMER.entrySet()) {
            String[] former = key.getKey().split("\\.");
            String name = key.getValue().split("\\.")[1];
            if (text.root().path(former[0]) instanceof ObjectNode parent && parent.has(former[1])) {
                if (parent.has(name)) {
                    throw new InvalidInputException(source + ": key '" + key.getKey() + "' is the former name of '"
                            + key.getValue() + "': give one of them" + text.at(key.getKey()));
                }
                parent.set(name, parent.remove(former[1]));
                text.moved(key.getKey(), key.getValue());
                renamed = true;
            }
        }
        return renamed;
    }

    /// The key that a message is about: the one it begins with, or else the record's path in the file.
    private static String key(String message, String path) {
        Matcher subject = SUBJECT.matcher(message);
        String named = subject.lookingAt() ? subject.group(1) : "";
        return path.startsWith(named) ? path : named;
    }

    private static void change(JsonNode root, String path, String value) {
        String[] keys = path.split("\\.");
        JsonNode at = root;
        for (int i = 0; i < keys.length - 1 && at instanceof ObjectNode object; i++) {
            at = object.has(keys[i]) ? object.get(keys[i]) : object.putObject(keys[i]);
        }
        if (!(at instanceof ObjectNode object)) {
            throw new InvalidInputException("change of " + path + ": must be a key of the network, such as target or"
                    + " window.horizon, not of a list");
        }
        try {
            object.set(keys[keys.length - 1], Yaml.MAPPER.readTree(value));
        } catch (JacksonException e) {
            throw new InvalidInputException(
                    "change of " + path + ": must be a value in YAML, found " + Quote.of(value), e);
        }
    }
}
