package dev.headwater.cli.page;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headwater.cli.Headwater;
import dev.headwater.forecasting.network.NetworkFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `headwater demo` in a process of its own.
final class DemoProcess implements AutoCloseable {

    private static final Duration START_WITHIN = Duration.ofMinutes(10);
    private static final Pattern PAGE = Pattern.compile("page at (\\S+), Kafka at (\\S+)");

    private final Process process;
    private final Path log;
    private Matcher told;

    private DemoProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.told = PAGE.matcher("");
    }

    /// The simulated city with its 325 sensors, after a short training. Returns when the page is open.
    static DemoProcess ofTheCity(Path folder) throws IOException {
        return start(folder, "--network", network(folder));
    }

    /// Returns when the page is open.
    static DemoProcess start(Path folder, String... arguments) throws IOException {
        Path log = folder.resolve("demo.log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                Headwater.class.getName(),
                "demo",
                "--port",
                "0"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        DemoProcess demo = new DemoProcess(process, log);
        await().atMost(START_WITHIN).until(demo::isOpen);
        return demo;
    }

    private boolean isOpen() throws IOException {
        String text = Files.readString(log);
        assertThat(process.isAlive()).as(text).isTrue();
        told = PAGE.matcher(text);
        return told.find();
    }

    /// The simulated city, with a training of one short epoch.
    private static String network(Path folder) throws IOException {
        try (InputStream in = requireNonNull(NetworkFile.class.getResourceAsStream("/networks/simulated-city.yaml"))) {
            String yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            String training = "training:\n";
            assertThat(yaml).contains(training);
            String hasty = yaml.replace(training, training + "  epochs: 1\n  windowsPerEpoch: 20000\n");
            return Files.writeString(folder.resolve("city.yaml"), hasty).toString();
        }
    }

    String page() {
        return told.group(1);
    }

    String kafka() {
        return told.group(2);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
