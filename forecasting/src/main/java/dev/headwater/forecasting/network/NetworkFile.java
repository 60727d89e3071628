package dev.headwater.forecasting.network;

import dev.headwater.forecasting.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Finds and reads the YAML of a network: by the name of a shipped one, or by path.
public final class NetworkFile {

    /// The networks that come with Headwater.
    public static final List<String> SHIPPED = List.of("pems-bay", "aarhus", "simulated-city", "jena", "speech");

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private NetworkFile() {}

    /// The network of that name or in that file.
    ///
    /// @param nameOrPath a shipped name (`pems-bay`), or a path that ends in `.yaml` or `.yml`
    /// @throws InvalidInputException when there is none, or it breaks a rule; names the key and the file
    public static Network load(String nameOrPath) {
        return load(nameOrPath, Map.of());
    }

    /// The network of that name or in that file, with some of its keys changed.
    ///
    /// @param changes values by key, as in the file; `window.horizon` is the key horizon in window
    /// @throws InvalidInputException as above
    public static Network load(String nameOrPath, Map<String, String> changes) {
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

    private static Network read(Path file, Map<String, String> changes) {
        try {
            return parse(Files.readAllBytes(file), file.toString(), changes);
        } catch (IOException e) {
            throw new InvalidInputException("network file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    static Network parse(byte[] yaml, String source) {
        return parse(yaml, source, Map.of());
    }

    private static Network parse(byte[] original, String source, Map<String, String> changes) {
        try {
            byte[] yaml = changes.isEmpty() ? original : changed(original, changes);
            KnownKeys.require(YAML.readTree(yaml), Network.class, source);
            return Optional.ofNullable(YAML.readValue(yaml, Network.class))
                    .orElseThrow(() -> new InvalidInputException(source + ": must describe a network, found nothing"));
        } catch (JacksonException e) {
            throw new InvalidInputException(source + ": " + firstLine(e), e);
        }
    }

    private static byte[] changed(byte[] yaml, Map<String, String> changes) {
        JsonNode root = YAML.readTree(yaml);
        changes.forEach((path, value) -> change(root, path, value));
        return YAML.writeValueAsBytes(root);
    }

    private static void change(JsonNode root, String path, String value) {
        String[] keys = path.split("\\.");
        JsonNode at = root;
        for (int i = 0; i < keys.length - 1 && at instanceof ObjectNode object; i++) {
            at = object.has(keys[i]) ? object.get(keys[i]) : object.putObject(keys[i]);
        }
        if (!(at instanceof ObjectNode object)) {
            throw new InvalidInputException("--set " + path + ": must be a key of the network, such as target or"
                    + " window.horizon, not of a list");
        }
        object.set(keys[keys.length - 1], YAML.readTree(value));
    }

    private static String firstLine(JacksonException e) {
        if (e.getCause() instanceof InvalidInputException invalid) {
            return String.valueOf(invalid.getMessage());
        }
        String at = e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
        if (e instanceof InvalidFormatException format) {
            return path(e) + " must be a " + format.getTargetType().getSimpleName() + ", found '" + format.getValue()
                    + "'" + at;
        }
        String key = e.getPath().isEmpty() ? "" : path(e) + ": ";
        return key + e.getOriginalMessage().lines().findFirst().orElse("not YAML") + at;
    }

    /// Where in the file: `window.lookback`, `measures[0].name`.
    private static String path(JacksonException e) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : e.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.toString();
    }
}
