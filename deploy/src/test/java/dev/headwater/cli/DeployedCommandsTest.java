package dev.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.headwater.deploy.DeployFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The command's parser accepts all arguments in the compose file and the manifests. This test is in the
/// command's package, because only that package can build the parser.
class DeployedCommandsTest {

    private static List<List<String>> commands() throws IOException {
        List<List<String>> commands = new ArrayList<>();
        for (JsonNode service : DeployFiles.yaml("compose.yaml").getFirst().get("services")) {
            if (service.path("image").asText().contains("headwater")) {
                commands.add(words(service.get("command")));
            }
        }
        for (String file : DeployFiles.list("kubernetes", ".yaml")) {
            for (JsonNode document : DeployFiles.yaml(file)) {
                document.findValues("args").forEach(arguments -> commands.add(words(arguments)));
            }
        }
        return commands;
    }

    @ParameterizedTest
    @MethodSource("commands")
    void areUnderstood(List<String> arguments) {
        // Given a container's arguments / When parsed / Then none is unknown, of the wrong form, or missing
        assertThatCode(() -> Headwater.commandLine().parseArgs(arguments.toArray(String[]::new)))
                .doesNotThrowAnyException();
    }

    @Test
    void areAllThere() throws IOException {
        assertThat(commands())
                .extracting(List::getFirst)
                .containsExactly(
                        "topics",
                        "ingest",
                        "train",
                        "serve",
                        "serve",
                        "dashboard",
                        "ingest",
                        "serve",
                        "topics",
                        "train");
    }

    private static List<String> words(JsonNode list) {
        List<String> words = new ArrayList<>();
        list.forEach(word -> words.add(word.asText()));
        return words;
    }
}
