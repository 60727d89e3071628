package dev.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class VerbsTest {

    private static final CommandLine ALL = Headwater.commandLine(80);

    static Stream<String> verbs() {
        return ALL.getSubcommands().keySet().stream();
    }

    private static CommandLine root(Map<String, String> environment, String... arguments) {
        return Headwater.commandLine(80, Verbs.named(arguments, environment));
    }

    private static List<String> read(CommandLine root) {
        return root.getSubcommands().entrySet().stream()
                .filter(verb -> verb.getValue().getCommandSpec().userObject() != null)
                .map(Map.Entry::getKey)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void aVerbThatIsNamedIsRead(String verb) {
        // When its help is asked for in either way
        CommandLine root = root(Map.of(), verb, "--help");

        // Then it is the same as with all verbs read, and so is the help of all
        assertThat(root.getSubcommands().get(verb).getUsageMessage())
                .isEqualTo(ALL.getSubcommands().get(verb).getUsageMessage());
        assertThat(root.getUsageMessage()).isEqualTo(ALL.getUsageMessage());
    }

    @Test
    void otherVerbsAreNotRead() {
        assertThat(read(root(Map.of(), "serve", "--network", "pems-bay"))).containsExactly("serve");
        assertThat(read(root(Map.of(), "--help"))).isEmpty();
        assertThat(read(root(Map.of(), "help", "train"))).containsExactly("train", "help");
    }

    @Test
    void allAreReadWhereAFileMayNameAny() {
        // Given what all of them are
        List<String> all = read(ALL);

        // When / Then
        assertThat(read(root(Map.of(), "serve", "--config=serve.yaml"))).isEqualTo(all);
        assertThat(read(root(Map.of(Settings.CONFIG_VARIABLE, "serve.yaml"), "serve")))
                .isEqualTo(all);
        assertThat(read(root(Map.of(), "@arguments"))).isEqualTo(all);
    }
}
