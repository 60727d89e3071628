package dev.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.ingest.simulator.CitySimulator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A model that version 0.1.0 (commit 36d3b6a) trained: `train --network simulated-city --from simulator --sensors
/// 1N-01,8W-20 --hidden 4 --epochs 1 --windows-per-epoch 2000`.
final class OldArtefactTest {

    /// What `evaluate` of that version said of it on the history below, mph.
    private static final double MAE = 1.1949445727739392;

    private static final int FORECASTS = 1_180;

    @TempDir
    private Path folder;

    static Path in(Path folder) {
        Path model = folder.resolve("0.1.0.zip");
        try (InputStream file = OldArtefactTest.class.getResourceAsStream("/upgrade/simulated-city-0.1.0.zip")) {
            Files.copy(Objects.requireNonNull(file), model);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return model;
    }

    @Test
    void forecastsAsItDid() {
        // Given
        SensorNetwork network = NetworkFile.load("simulated-city");
        Path history = CityFile.write(
                folder.resolve("city.csv"),
                new CitySimulator(network, 4, 3).history(network.clock().slotOf(1_700_000_000_000L), 1_500));

        // When
        CommandRun run = CommandRun.of(
                "evaluate",
                "--network",
                network.name(),
                "--from",
                history.toString(),
                "--model",
                in(folder).toString(),
                "--json");

        // Then seasonal states are rounded since, and nothing else is new
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode report = JsonMapper.shared().readTree(run.out());
        assertThat(report.get("forecasts").intValue()).isEqualTo(FORECASTS);
        assertThat(report.get("mean").get("mae").doubleValue()).isCloseTo(MAE, withinPercentage(0.1));
    }
}
