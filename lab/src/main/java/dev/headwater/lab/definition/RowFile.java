package dev.headwater.lab.definition;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.KnownKeys;
import dev.headwater.forecasting.network.Suggestion;
import dev.headwater.forecasting.text.JsonFault;
import dev.headwater.forecasting.text.YamlText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Reads the YAML definitions of rows.
public final class RowFile {

    private static final String FOLDER = "/lab/";
    private static final String INDEX = FOLDER + "rows.txt";
    private static final String EXTENSION = ".yaml";

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .build();

    private RowFile() {}

    /// The names of the rows that come with Headwater, in the order of the documents.
    public static List<String> shipped() {
        return new String(resource(INDEX), StandardCharsets.UTF_8).lines().toList();
    }

    /// Loads a row by its name, or from a file.
    ///
    /// @param nameOrPath a shipped name, or a path that ends in `.yaml`
    /// @throws InvalidInputException when there is no such row, or it breaks a rule; names the key and the file
    public static RowSpec load(String nameOrPath) {
        if (nameOrPath.endsWith(EXTENSION)) {
            return read(Path.of(nameOrPath));
        }
        if (!shipped().contains(nameOrPath)) {
            throw new InvalidInputException(
                    "row '" + nameOrPath + "' is not known" + Suggestion.of(nameOrPath, shipped()));
        }
        return parse(resource(FOLDER + nameOrPath + EXTENSION), nameOrPath + EXTENSION);
    }

    private static RowSpec read(Path file) {
        try {
            return parse(Files.readAllBytes(file), file.toString());
        } catch (IOException e) {
            throw InvalidInputException.unreadable("row file " + file, file, e);
        }
    }

    /// Reads a definition.
    ///
    /// @param source name of the file in messages
    /// @throws InvalidInputException when it breaks a rule; names key, line and file
    static RowSpec parse(byte[] yaml, String source) {
        YamlText text = YamlText.read(yaml, source, true, YAML);
        KnownKeys.require(text, RowSpec.class, source, YAML);
        try {
            RowSpec row = YAML.readValue(yaml, RowSpec.class);
            new RowRules(text, source).require(row);
            return row;
        } catch (JacksonException e) {
            throw new InvalidInputException(source + ": " + JsonFault.of(e) + text.at(JsonFault.path(e)), e);
        }
    }

    private static byte[] resource(String name) {
        try (InputStream in = RowFile.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(name + " cannot be read", e);
        }
    }
}
