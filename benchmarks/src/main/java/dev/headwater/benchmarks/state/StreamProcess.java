package dev.headwater.benchmarks.state;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The parent's end of a [StreamHost].
final class StreamProcess implements AutoCloseable {

    /// As in the launcher `headwater`.
    private static final List<String> FLAGS = List.of(
            "--add-modules",
            "jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");
    private static final int CLOSE_WITHIN = 60; // seconds

    private final Process process;
    private final BufferedReader answers;
    private final PrintWriter commands;
    private final double startSeconds;

    private StreamProcess(Process process) throws IOException {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.commands = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        this.startSeconds = Double.parseDouble(answer());
    }

    /// Starts a process, and returns when its stream runs.
    ///
    /// @param folder for the stream's local state
    static StreamProcess start(Build build, StateCase one, String servers, Path folder) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.add("-Xmx" + one.heapGib() + "g");
        command.addAll(List.of("-cp", build.classPath(), StreamHost.class.getName()));
        command.addAll(List.of(servers, folder.toString(), Integer.toString(one.sensors()), one.state()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            return new StreamProcess(process);
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /// Seconds from the start of the stream, not of the process, until it ran.
    double startSeconds() {
        return startSeconds;
    }

    /// Bytes of heap in use after full collections.
    long heap() throws IOException {
        return Long.parseLong(ask(StreamHost.HEAP));
    }

    Usage usage() throws IOException {
        return Usage.read(ask(StreamHost.USAGE));
    }

    /// Gives the sensors `[from, to)` full seasonal states when they begin.
    void giveStates(int from, int to) throws IOException {
        ask(StreamHost.STATES + " " + from + " " + to);
    }

    /// Removes the given states that the stream has not taken.
    void forgetStates() throws IOException {
        ask(StreamHost.FORGET);
    }

    private String ask(String command) throws IOException {
        commands.println(command);
        return answer();
    }

    private String answer() throws IOException {
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(StreamHost.ANSWER)) {
                return line.substring(StreamHost.ANSWER.length());
            }
        }
        throw new IllegalStateException("the stream's process ended; its reason is above");
    }

    /// Ends the process in good order: what the stream holds is committed.
    @Override
    public void close() throws InterruptedException {
        commands.println(StreamHost.QUIT);
        if (!process.waitFor(CLOSE_WITHIN, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("the stream's process did not end within " + CLOSE_WITHIN + " s");
        }
    }
}
