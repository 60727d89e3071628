package dev.headwater.trainer.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.trainer.service.ServiceState.Canary;
import dev.headwater.trainer.service.ServiceState.Run;
import dev.headwater.trainer.service.ServiceState.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateFileTest {

    @TempDir
    private Path registry;

    private StateFile file() {
        return new StateFile(registry, "town");
    }

    @Test
    void givesBackWhatWasWritten() throws IOException {
        // Given
        Contest contest = new Contest("2024-01-01T00:00:00Z", "2024-01-02T00:00:00Z", 288, 2.5, 2.25);
        Run run = new Run(
                "drift", "2024-01-03T00:00:00Z", "2024-01-03T01:00:00Z", "published", "better", "m@1", "ab", contest);
        ServiceState state = ServiceState.NEW
                .withLast(run)
                .withRunning(new Running("request", "2024-01-04T00:00:00Z", 77L))
                .withCanary(new Canary("m@2", "cd", "ab", "models/town/2/model.zip", "2024-01-04T00:00:00Z", null))
                .withDrift(Map.of(0, 5L, 3, 9L), "2024-01-05T00:00:00Z");

        // When
        file().write(state);

        // Then
        assertThat(file().read()).isEqualTo(state);
        assertThat(state.lastSuccess()).isEqualTo("2024-01-03T01:00:00Z");
        try (var files = Files.list(registry.resolve("town"))) {
            assertThat(files).as("no temporary file is left").hasSize(1);
        }
    }

    @Test
    void withoutAFileTheServiceIsNew() {
        assertThat(file().read()).isEqualTo(ServiceState.NEW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"format\": 2, \"driftSeen\": {}}", "[1]"})
    void whatCannotBeReadIsNamed(String content) throws IOException {
        // Given
        Files.createDirectories(registry.resolve("town"));
        Files.writeString(registry.resolve("town/.service.json"), content);

        // Then
        assertThatThrownBy(() -> file().read())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(".service.json: ")
                .hasMessageContaining("without the file the service begins anew");
    }
}
