package dev.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A Java program in a pseudo-terminal, made by `script` of util-linux. Typed text goes through the terminal,
/// so that a typed Ctrl-C sends the same signal as a person's.
final class PseudoTerminal implements AutoCloseable {

    static final String CTRL_C = "\u0003";

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /// Processes started by a build in the background inherit an ignored SIGINT; this restores the default.
    private static final String HEEDING = "exec env --default-signal=INT ";

    private final Process process;
    private final Path screen;

    private PseudoTerminal(Process process, Path screen) {
        this.process = process;
        this.screen = screen;
    }

    /// Skips the test where `script` cannot run a command and return its exit code, or `env` has no such
    /// option.
    static void require() throws IOException, InterruptedException {
        boolean known = Stream.of("/usr/bin/script", "/bin/script").anyMatch(file -> Files.isExecutable(Path.of(file)));
        boolean fits = known
                && new ProcessBuilder("script", "-qec", HEEDING + "sh -c 'exit 7'", "/dev/null")
                                .redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .start()
                                .waitFor()
                        == 7;
        assumeTrue(
                fits,
                "no `script` of util-linux or `env` of coreutils here: what a terminal does to a command is not tested");
    }

    /// @param folder      for temporary files and the screen's content
    /// @param mainClass   to run, with the class path of this process
    static PseudoTerminal start(Path folder, int columns, int rows, Class<?> mainClass, String... arguments)
            throws IOException {
        List<String> java = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Xmx512m",
                "-Djava.io.tmpdir=" + folder,
                mainClass.getName()));
        java.addAll(List.of(arguments));
        String quoted = java.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        String command = "stty cols " + columns + " rows " + rows + "; " + HEEDING + quoted;
        File screen = folder.resolve("screen").toFile();
        ProcessBuilder builder = new ProcessBuilder("script", "-qefc", command, "/dev/null")
                .redirectErrorStream(true)
                .redirectOutput(screen);
        builder.environment().put("TERM", "xterm-256color");
        builder.environment().put("SHELL", "/bin/sh");
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return new PseudoTerminal(builder.start(), screen.toPath());
    }

    /// All that was written to the screen.
    String screen() throws IOException {
        return Files.readString(screen, StandardCharsets.UTF_8);
    }

    /// Waits until the text is on the screen.
    PseudoTerminal until(String text) throws IOException {
        await().atMost(PATIENCE).until(() -> screen().contains(text) || !process.isAlive());
        assertThat(screen()).contains(text);
        return this;
    }

    PseudoTerminal type(String keys) throws IOException {
        process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        return this;
    }

    /// Waits for the program's end. The exit code is that of a shell: 130 also when the signal itself killed
    /// the program.
    int exitCode() throws InterruptedException, IOException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as(screen())
                .isTrue();
        return process.exitValue();
    }

    @Override
    public void close() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
    }
}
