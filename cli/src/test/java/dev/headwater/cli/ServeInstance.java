package dev.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One of several `headwater serve`, with a name and a data folder that it keeps when it is started again. Not
/// thread-safe.
final class ServeInstance implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern PORT = Pattern.compile("metrics at http://[^:]+:(\\d+)/metrics");

    private final String name;
    private final Path folder;
    private final List<String> arguments;
    private final HttpClient http = HttpClient.newHttpClient();
    private int starts;
    private @Nullable ServeProcess process;

    /// @param folder    its data and its logs
    /// @param arguments those that all instances share
    ServeInstance(String name, Path folder, List<String> arguments) {
        this.name = name;
        this.folder = folder;
        this.arguments = List.copyOf(arguments);
    }

    /// The instance's name, with which its Kafka clients' ids begin.
    String name() {
        return name;
    }

    /// Starts the instance, and returns when it has its partitions.
    void start() throws IOException {
        start(System.getProperty("java.class.path"));
    }

    /// @param classPath of this build or another
    void start(String classPath) throws IOException {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of("--data-dir", folder.resolve(name).toString(), "--kafka", "client.id=" + name));
        all.addAll(List.of("--metrics-port", "0"));
        Path log = folder.resolve(name + "-" + ++starts + ".log");
        ServeProcess started = ServeProcess.start(log, classPath, Map.of(), all);
        process = started;
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> {
            assertThat(started.isAlive()).as(started.output()).isTrue();
            return isReady(started);
        });
    }

    /// Waits for the process's end; -1 when it does not come in time.
    int exitCode(Duration within) throws InterruptedException {
        return process == null ? -1 : process.exitCode(within);
    }

    /// Output of the last run.
    String output() throws IOException {
        return process == null ? "" : process.output();
    }

    boolean isReady() throws IOException, InterruptedException {
        return process != null && isReady(process);
    }

    private boolean isReady(ServeProcess started) throws IOException, InterruptedException {
        Matcher port = PORT.matcher(started.output());
        if (!port.find()) {
            return false;
        }
        URI probe = URI.create("http://127.0.0.1:" + port.group(1) + "/readyz");
        HttpResponse<Void> answer =
                http.send(HttpRequest.newBuilder(probe).build(), HttpResponse.BodyHandlers.discarding());
        return answer.statusCode() == 200;
    }

    void kill() throws InterruptedException {
        if (process != null) {
            process.kill();
        }
    }

    /// Asks the instance to end cleanly, and waits for its end.
    void stop() throws InterruptedException {
        if (process != null) {
            process.close();
        }
    }

    @Override
    public void close() throws InterruptedException {
        stop();
        http.close();
    }
}
