package dev.headwater.cli.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headwater.cli.Headwater;
import dev.headwater.cli.JavaCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A command in a process of its own, asked to stop at the end.
final class CommandProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Process process;
    private final Path log;

    private CommandProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /// @param folder for its log, and its working folder
    static CommandProcess start(Path folder, String... arguments) throws IOException {
        Path log = Files.createTempFile(folder, arguments[0], ".log");
        List<String> command = JavaCommand.of(List.of("-Xmx1g"), Headwater.class, List.of(arguments));
        return new CommandProcess(
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start(),
                log);
    }

    /// Waits until it has printed something, and returns the match.
    Matcher until(Pattern printed) {
        return await().atMost(PATIENCE).until(() -> find(printed), Matcher::hasMatch);
    }

    /// What it has printed so far.
    String output() throws IOException {
        return Files.readString(log);
    }

    private Matcher find(Pattern printed) throws IOException {
        String text = output();
        Matcher matcher = printed.matcher(text);
        assertThat(matcher.find() || process.isAlive()).as(text).isTrue();
        return matcher;
    }

    /// Asks it to stop.
    ///
    /// @return its exit code
    int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        return process.exitValue();
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }
}
