package dev.headwater.cli.page;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.forecasting.network.NetworkFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// `headwater demo` in a process of its own.
///
/// @param page  address of its page
/// @param kafka address of its broker
record DemoProcess(CommandProcess process, String page, String kafka) implements AutoCloseable {

    private static final Pattern PAGE = Pattern.compile("page at (\\S+), Kafka at (\\S+)");

    /// The simulated city with its 325 sensors, after a short training. Returns when the page is open.
    static DemoProcess ofTheCity(Path folder) throws IOException {
        return start(folder, "--network", network(folder));
    }

    /// Returns when the page is open.
    static DemoProcess start(Path folder, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("demo", "--port", "0"));
        all.addAll(List.of(arguments));
        CommandProcess process = CommandProcess.start(folder, all.toArray(String[]::new));
        MatchResult told = process.until(PAGE);
        return new DemoProcess(process, told.group(1), told.group(2));
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

    @Override
    public void close() throws InterruptedException {
        process.close();
    }
}
