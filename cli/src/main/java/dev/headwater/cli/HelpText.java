package dev.headwater.cli;

import dev.headwater.ingest.terminal.Terminal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/// Lays `--help` out for the terminal. An example that is too long for a line is broken as a shell allows it, so that
/// it can be copied.
final class HelpText {

    private static final int NARROWEST = 80;
    private static final int WIDEST = 120;
    private static final String EXAMPLE = "  ";
    private static final String CONTINUED = " \\";
    private static final String CONTINUATION = "      ";
    private static final List<String> BREAKS = List.of(" --", " | ");

    private HelpText() {}

    static int columns() {
        return Terminal.OUT.isInteractive() ? Terminal.OUT.columns() : NARROWEST;
    }

    /// For a command and all below it.
    static void layOut(CommandLine command, int columns) {
        int width = Math.clamp(columns, NARROWEST, WIDEST);
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        usage.width(width);
        usage.footer(Arrays.stream(usage.footer())
                .flatMap(line -> line.startsWith(EXAMPLE) ? broken(line, width) : Stream.of(line))
                .toArray(String[]::new));
        command.getSubcommands().values().forEach(below -> layOut(below, columns));
    }

    /// Breaks the example before an option or a pipe, with a backslash at each line's end. The last column
    /// stays free.
    private static Stream<String> broken(String example, int width) {
        List<String> lines = new ArrayList<>();
        String rest = example;
        int at = breakOf(rest, width);
        while (at > 0) {
            lines.add(rest.substring(0, at) + CONTINUED);
            rest = CONTINUATION + rest.substring(at + 1);
            at = breakOf(rest, width);
        }
        lines.add(rest);
        return lines.stream();
    }

    /// Where to break a line; 0 when it fits or has no such place.
    private static int breakOf(String line, int width) {
        if (line.length() < width) {
            return 0;
        }
        int last = width - 1 - CONTINUED.length();
        int at = BREAKS.stream()
                .mapToInt(mark -> line.lastIndexOf(mark, last))
                .max()
                .orElse(0);
        return at > CONTINUATION.length() ? at : 0;
    }
}
