package dev.headwater.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// `headwater serve` in a separate process, so that it can be killed.
final class ServeProcess implements AutoCloseable {

    private final Process process;
    private final Path log;

    private ServeProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /// Runs in the log's folder.
    ///
    /// @param log takes both outputs
    static ServeProcess start(Path log, String... arguments) throws IOException {
        return start(log, Map.of(), arguments);
    }

    /// @param environment variables besides those of this process
    static ServeProcess start(Path log, Map<String, String> environment, String... arguments) throws IOException {
        return start(log, System.getProperty("java.class.path"), environment, List.of(arguments));
    }

    /// @param classPath   of this build or another
    /// @param environment variables besides those of this process
    static ServeProcess start(Path log, String classPath, Map<String, String> environment, List<String> arguments)
            throws IOException {
        List<String> all = new ArrayList<>(List.of("serve"));
        all.addAll(arguments);
        List<String> command = JavaCommand.of(classPath, List.of("-Xmx256m"), Headwater.class, all);
        File out = log.toFile();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(out.getParentFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(out));
        builder.environment().putAll(environment);
        return new ServeProcess(builder.start(), log);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// Kills the process, with no chance to clean up.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// Waits for the process's end; -1 when it does not come in time.
    int exitCode(Duration within) throws InterruptedException {
        return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS) ? process.exitValue() : -1;
    }

    /// Output so far, for messages.
    String output() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }
}
