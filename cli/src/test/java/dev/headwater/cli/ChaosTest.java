package dev.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.forecasting.artefact.ModelRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// After each kill and restart, a reader of committed records finds each forecast exactly once.
class ChaosTest extends ChaosFixture {

    private static final Duration TARGET = Duration.ofSeconds(5).multipliedBy(SLOWDOWN);

    @Test
    void noForecastIsLostOrDoubledAndAnInstanceIsReplacedWithinSeconds() throws Exception {
        // Given
        Path model = new ModelRegistry(folder.resolve("models"))
                .publish(UntrainedModel.of(series))
                .file();

        // When
        List<Chaos.Outage> outages =
                run(model, System.getProperty("java.class.path"), (chaos, cluster, first, second) -> {
                    chaos.killAndRestart(first);
                    chaos.killAndRestart(second);
                    chaos.killAndRestart(cluster.activeController());
                    chaos.rollingRestart(List.of(first, second));
                });

        // Then
        assertThat(outages)
                .filteredOn(outage -> outage.step().startsWith("kill -9 serve"))
                .hasSize(2)
                .allSatisfy(outage -> assertThat(outage.gap()).isLessThan(TARGET));
    }
}
