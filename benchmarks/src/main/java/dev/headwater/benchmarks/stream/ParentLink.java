package dev.headwater.benchmarks.stream;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// A process's end of the link to its parent, a [HostProcess]: commands come as lines on standard input, and each is
/// answered with a line on standard output.
public final class ParentLink {

    /// Begins an answer; other lines are not meant for the parent.
    static final String ANSWER = "= ";
    /// Asks for what the process has used; see [Usage].
    static final String USAGE = "usage";
    /// Ends the process in good order; has no answer.
    static final String QUIT = "quit";

    /// What is done on a command.
    public interface Command {

        /// @param words of the line, the command's name first
        String answer(List<String> words) throws InterruptedException;
    }

    private ParentLink() {}

    /// Tells the parent something that it waits for.
    public static void answer(String text) {
        System.out.println(ANSWER + text);
        System.out.flush();
    }

    /// Answers commands, [#USAGE] too, and returns when it is told to quit. Ends the process at once when the
    /// parent is gone, and its broker too.
    ///
    /// @param commands by name
    public static void obey(Map<String, Command> commands) throws IOException, InterruptedException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); !QUIT.equals(line); line = lines.readLine()) {
            if (line == null) {
                Runtime.getRuntime().halt(1);
                return;
            }
            List<String> words = List.of(line.split(" ", -1));
            answer(words.equals(List.of(USAGE)) ? Usage.now().written() : answer(commands, words));
        }
    }

    private static String answer(Map<String, Command> commands, List<String> words) throws InterruptedException {
        Command command = commands.get(words.getFirst());
        if (command == null) {
            throw new IllegalArgumentException("no such command: " + words);
        }
        return command.answer(words);
    }
}
