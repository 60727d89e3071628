package dev.headwater.dist;

import dev.headwater.cli.Headwater;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.AutoComplete;
import picocli.CommandLine;

/// What shells and readers want to know of the command, from the same model as its `--help`.
final class CommandPages {

    private static final int COLUMNS = 80;

    private CommandPages() {}

    /// Writes `completion/headwater.sh`, for bash and zsh, and `man/man1/headwater.1`.
    static void write(Path folder, String version) throws IOException {
        CommandLine command = Headwater.commandLine(COLUMNS);
        put(folder.resolve("completion/headwater.sh"), AutoComplete.bash("headwater", command));
        put(folder.resolve("man/man1/headwater.1"), manual(command, version));
    }

    private static void put(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /// A page in man(7) macros: a section for the command and one for each command below it, with its `--help`.
    static String manual(CommandLine command, String version) {
        String summary =
                String.join(" ", command.getCommandSpec().usageMessage().description());
        StringBuilder page = new StringBuilder()
                .append(".TH HEADWATER 1 \"\" \"headwater ")
                .append(version)
                .append("\"\n")
                .append(".SH NAME\nheadwater \\- ")
                .append(escaped(summary))
                .append('\n');
        for (CommandLine each : withSubcommands(command)) {
            page.append(".SH \"")
                    .append(each.getCommandSpec().qualifiedName())
                    .append("\"\n.nf\n")
                    .append(escaped(each.getUsageMessage(CommandLine.Help.Ansi.OFF)))
                    .append(".fi\n");
        }
        return page.toString();
    }

    private static List<CommandLine> withSubcommands(CommandLine command) {
        List<CommandLine> all = new ArrayList<>(List.of(command));
        command.getSubcommands().values().stream()
                .distinct()
                .filter(below -> !(below.getCommand() instanceof CommandLine.HelpCommand))
                .forEach(below -> all.addAll(withSubcommands(below)));
        return all;
    }

    /// Text that troff prints as it is: a dot or an apostrophe at the begin of a line would be a request.
    private static String escaped(String text) {
        return text.replace("\\", "\\e")
                .replace("-", "\\-")
                .lines()
                .map(line -> line.startsWith(".") || line.startsWith("'") ? "\\&" + line : line)
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
