package dev.headwater.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.forecasting.artefact.ModelRegistry;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.ingest.simulator.CitySimulator;
import dev.headwater.ingest.terminal.Stopping;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ctrl-C as a person types it, in a terminal.
class TerminalInterruptTest {

    private static final int COLUMNS = 80;
    private static final int ROWS = 24;
    private static final int BY_CTRL_C = 130;

    @TempDir
    private Path folder;

    @BeforeAll
    static void requireTerminal() throws IOException, InterruptedException {
        PseudoTerminal.require();
    }

    @Test
    void trainKeepsTheModelThatItHasInTheMiddleOfAnEpoch() throws IOException, InterruptedException {
        // Given a training in its first, endless epoch
        try (PseudoTerminal terminal = command(
                "train",
                "--network",
                "simulated-city",
                "--from",
                city(),
                "--out",
                folder.resolve("models").toString(),
                "--epochs",
                "500",
                "--setting",
                "patience=500",
                "--setting",
                "batch=8",
                "--hidden",
                "16")) {
            terminal.until("loss");

            // When
            terminal.type(PseudoTerminal.CTRL_C);

            // Then
            assertThat(terminal.exitCode()).isEqualTo(BY_CTRL_C);
            assertThat(terminal.screen()).contains("stopping after this batch", "this is the best so far");
            Path latest = folder.resolve("models/simulated-city/latest");
            assertThat(ModelRegistry.load(latest).metrics().test().mean().mae()).isPositive();
        }
    }

    @Test
    void theDemoEndsWithASummaryAndLeavesNothing() throws IOException, InterruptedException {
        // Given a demo that shows live forecasts
        try (PseudoTerminal terminal = command("demo", "--network", hasty(), "--sensors", "3")) {
            terminal.until("MAE so far");

            // When
            terminal.type(PseudoTerminal.CTRL_C);

            // Then
            assertThat(terminal.exitCode()).isEqualTo(BY_CTRL_C);
            assertThat(terminal.screen()).contains("of 3 sensors sent", "live MAE", "persistence");
            try (Stream<Path> left = Files.list(folder)) {
                assertThat(left.map(file -> file.getFileName().toString()))
                        .noneMatch(name -> name.startsWith("headwater-demo"));
            }
        }
    }

    @Test
    void aSecondCtrlCBreaksOffAtOnce() throws IOException, InterruptedException {
        // Given a command that was asked to stop and takes its time
        try (PseudoTerminal terminal = PseudoTerminal.start(folder, COLUMNS, ROWS, NeverClosing.class)) {
            terminal.until("waiting").type(PseudoTerminal.CTRL_C).until("closing");

            // When
            terminal.type(PseudoTerminal.CTRL_C);

            // Then
            assertThat(terminal.exitCode()).isEqualTo(BY_CTRL_C);
        }
    }

    /// Waits for the signal, and then blocks for ever.
    static final class NeverClosing {

        private NeverClosing() {}

        public static void main(String[] args) throws InterruptedException {
            try (Stopping stopping = Stopping.onSignal()) {
                System.out.println("waiting");
                stopping.await();
                System.out.println("closing");
                Thread.currentThread().join();
            }
        }
    }

    private PseudoTerminal command(String... arguments) throws IOException {
        return PseudoTerminal.start(folder, COLUMNS, ROWS, Headwater.class, arguments);
    }

    /// The network of the demo, with a training that takes little time: it is over when Ctrl-C comes.
    private String hasty() throws IOException {
        try (InputStream in = requireNonNull(NetworkFile.class.getResourceAsStream("/networks/simulated-city.yaml"))) {
            String yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            String training = "training:\n";
            assertThat(yaml).contains(training);
            return Files.writeString(
                            folder.resolve("town.yaml"),
                            yaml.replace(training, training + "  epochs: 1\n  windowsPerEpoch: 1000\n"))
                    .toString();
        }
    }

    private String city() {
        SensorNetwork network = NetworkFile.load("simulated-city");
        long first = network.clock().slotOf(1_700_000_000_000L);
        return CityFile.write(folder.resolve("city.csv"), new CitySimulator(network, 6, 3).history(first, 3_000))
                .toString();
    }
}
