package dev.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headwater.forecasting.artefact.ModelRegistry;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.ingest.simulator.CitySimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `train` as a process of its own that is asked to stop.
class TrainInterruptTest {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    private Path folder;

    private Path log = Path.of("");
    private List<String> arguments = List.of();
    private Process process;

    @BeforeEach
    void writeHistory() {
        SensorNetwork network = NetworkFile.load("simulated-city");
        Path history = CityFile.write(
                folder.resolve("city.csv"),
                new CitySimulator(network, 6, 3).history(network.clock().slotOf(1_700_000_000_000L), 3_000));
        log = folder.resolve("train.log");
        arguments = List.of(
                "train",
                "--network",
                "simulated-city",
                "--from",
                history.toString(),
                "--out",
                folder.resolve("models").toString(),
                "--epochs",
                "500",
                "--setting",
                "patience=500",
                "--setting",
                "schedule=constant",
                "--hidden",
                "16");
    }

    @AfterEach
    void end() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    private void start(String... more) throws IOException {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of(more));
        List<String> command = JavaCommand.of(List.of("-Xmx512m"), Headwater.class, all);
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private String output() throws IOException {
        return Files.exists(log) ? Files.readString(log) : "";
    }

    private Path checkpoint() {
        return folder.resolve("models/simulated-city/.training/checkpoint.zip");
    }

    private void awaitEnd() throws InterruptedException, IOException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as(output())
                .isTrue();
    }

    @Test
    void keepsTheBestModelAndGoesOnLater() throws IOException, InterruptedException {
        // Given a training of hundreds of epochs, of which one is done
        start();
        await().atMost(PATIENCE).until(() -> Files.exists(checkpoint()) || !process.isAlive());
        // When it is asked to stop (SIGTERM, handled like Ctrl-C)
        process.destroy();
        awaitEnd();
        // Then there is a sound model, and the checkpoint is left
        Path latest = folder.resolve("models/simulated-city/latest");
        assertThat(latest).as(output()).exists();
        assertThat(ModelRegistry.load(latest).metrics().test().mean().mae()).isPositive();
        assertThat(output()).contains("interrupted: this is the best so far; `headwater train --resume` goes on");
        assertThat(checkpoint()).exists();
        // When it is resumed, then it continues with a later epoch
        start("--resume");
        await().atMost(PATIENCE).until(() -> output().contains("/500") || !process.isAlive());
        assertThat(output()).contains("/500").doesNotContain("epoch 1/500");
    }
}
