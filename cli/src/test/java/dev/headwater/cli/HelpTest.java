package dev.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.headwater.forecasting.network.NetworkFile;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/// The `--help` of all commands.
class HelpTest {

    private static final CommandLine NARROW = Headwater.commandLine(80);
    private static final CommandLine WIDE = Headwater.commandLine(120);

    static Stream<String> commands() {
        return names(NARROW).stream();
    }

    private static List<String> names(CommandLine command) {
        List<String> names = new ArrayList<>();
        names.add(command.getCommandSpec().qualifiedName());
        command.getSubcommands().values().stream()
                .filter(below -> !(below.getCommand() instanceof CommandLine.HelpCommand))
                .forEach(below -> names.addAll(names(below)));
        return names;
    }

    private static String help(CommandLine root, String name) {
        CommandLine command = root;
        for (String verb : name.split(" ")) {
            command = verb.equals("headwater")
                    ? command
                    : command.getSubcommands().get(verb);
        }
        return command.getUsageMessage();
    }

    /// The examples of a help page as a shell reads them.
    private static List<String> examples(String help) {
        String joined = help.replaceAll("\\s*\\\\\\R\\s*", " ");
        return joined.lines()
                .dropWhile(line -> !line.startsWith("Example"))
                .skip(1)
                .takeWhile(line -> line.startsWith("  "))
                .map(String::strip)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyExampleFitsTheTerminalAndCanBeCopied(String name) {
        // When
        String help = help(NARROW, name);

        // Then no line is too long, and each example is a valid command line
        assertThat(help.lines()).allMatch(line -> line.length() <= 80);
        assertThat(examples(help)).isNotEmpty().allSatisfy(example -> {
            String ours = example.substring(example.indexOf("headwater"));
            assertThat(example).matches("(.* \\| )?headwater .*");
            String[] words = ours.substring("headwater ".length()).split(" ");
            assertThatCode(() -> WIDE.parseArgs(words)).as(example).doesNotThrowAnyException();
        });
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aWiderTerminalKeepsExamplesWhole(String name) {
        // When
        String help = help(WIDE, name);

        // Then
        assertThat(help).doesNotContain(" \\\n");
        assertThat(help.lines()).allMatch(line -> line.length() <= 120);
    }

    @ParameterizedTest
    @ValueSource(strings = {"headwater train", "headwater demo", "headwater serve", "headwater topics list"})
    void theOptionNetworkNamesAllThatAreShipped(String name) {
        // When
        String help = help(NARROW, name).replaceAll("\\s+", " ");

        // Then
        assertThat(help).contains(String.join(", ", NetworkFile.SHIPPED));
    }
}
