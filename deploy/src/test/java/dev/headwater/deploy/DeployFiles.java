package dev.headwater.deploy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// The files of `deploy/`, which is this module's folder.
public final class DeployFiles {

    private static final ObjectMapper JSON = new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private DeployFiles() {}

    public static Path path(String name) {
        return Path.of(name).toAbsolutePath().normalize();
    }

    public static String text(String name) throws IOException {
        return Files.readString(path(name));
    }

    /// The files of a folder with this ending, in order.
    public static List<String> list(String folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(path(folder))) {
            return files.map(file -> folder + "/" + file.getFileName())
                    .filter(name -> name.endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    public static JsonNode json(String name) throws IOException {
        return JSON.readTree(text(name));
    }

    /// The documents of a YAML file, with anchors resolved.
    public static List<JsonNode> yaml(String name) throws IOException {
        LoaderOptions strict = new LoaderOptions();
        strict.setAllowDuplicateKeys(false);
        List<JsonNode> documents = new ArrayList<>();
        for (Object document : new Yaml(new SafeConstructor(strict)).loadAll(text(name))) {
            documents.add(JSON.valueToTree(document));
        }
        return documents;
    }
}
