package dev.headwater.benchmarks.stream;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The parent's end of a process that obeys it: a [HostedStream], or what is measured beside one.
public final class HostProcess implements AutoCloseable {

    /// As in the launcher `headwater`.
    private static final List<String> FLAGS = List.of(
            "--add-modules",
            "jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");
    /// More options for these processes, as a profiler needs them.
    private static final String OPTIONS = System.getProperty("headwater.bench.options", "");
    private static final int CLOSE_WITHIN = 60; // seconds

    private final Process process;
    private final BufferedReader answers;
    private final PrintWriter commands;
    private final double startSeconds;

    private HostProcess(Process process) throws IOException {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.commands = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        this.startSeconds = Double.parseDouble(answer());
    }

    /// Starts a process, and returns when what it hosts runs.
    ///
    /// @param options of the virtual machine
    /// @param main    its first answer is a number of seconds
    public static HostProcess start(String classPath, List<String> options, Class<?> main, List<String> args)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(options);
        if (!OPTIONS.isEmpty()) {
            command.addAll(List.of(OPTIONS.split(" ", -1)));
        }
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.addAll(args);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            return new HostProcess(process);
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /// Seconds from the start of what is hosted, not of the process, until it ran.
    public double startSeconds() {
        return startSeconds;
    }

    /// Bytes of heap in use after full collections.
    public long heap() throws IOException {
        return Long.parseLong(ask(HostedStream.HEAP));
    }

    public Usage usage() throws IOException {
        return Usage.read(ask(ParentLink.USAGE));
    }

    /// Gives the sensors `[from, to)` full seasonal states when they begin.
    public void giveStates(int from, int to) throws IOException {
        ask(HostedStream.STATES + " " + from + " " + to);
    }

    /// Removes the given states that the stream has not taken.
    public void forgetStates() throws IOException {
        ask(HostedStream.FORGET);
    }

    /// Fails the flow when the process ends, as long as the flow is open.
    public void watch(ReadingFlow flow) {
        process.onExit()
                .thenAccept(ended -> flow.fail(new IllegalStateException(
                        "the measured process ended with code " + ended.exitValue() + "; its reason is above")));
    }

    private String ask(String command) throws IOException {
        commands.println(command);
        return answer();
    }

    private String answer() throws IOException {
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(ParentLink.ANSWER)) {
                return line.substring(ParentLink.ANSWER.length());
            }
            System.err.println(line);
        }
        throw new IllegalStateException("the measured process ended; its reason is above");
    }

    /// Ends the process in good order: what a stream holds is committed.
    @Override
    public void close() throws InterruptedException {
        commands.println(ParentLink.QUIT);
        if (!process.waitFor(CLOSE_WITHIN, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("the measured process did not end within " + CLOSE_WITHIN + " s");
        }
    }
}
