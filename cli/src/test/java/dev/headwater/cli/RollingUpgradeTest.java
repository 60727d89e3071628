package dev.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.ingest.simulator.CitySimulator;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// Two `serve` of an older build, with a model of that version, become two of this one while readings flow:
/// `benchmarks/chaos -Dheadwater.chaos.older=CHECKOUT`, where the checkout is built.
@Tag("chaos")
class RollingUpgradeTest {

    private static final String OLDER = System.getProperty("headwater.chaos.older", "");
    private static final int SENSORS = 325;
    private static final int MAX_SLOTS = 1_800; // half an hour
    private static final int WARM_SLOTS = 30;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS) // the logs explain a failure
    private Path folder;

    private final SensorNetwork network = NetworkFile.load("simulated-city");
    private final Series series =
            new CitySimulator(network, SENSORS, 7).history(network.clock().slotOf(1_700_000_000_000L), MAX_SLOTS);

    @Test
    void noForecastIsLostOrDoubledByAnUpgrade() throws Exception {
        assumeTrue(!OLDER.isEmpty(), "-Dheadwater.chaos.older names no checkout of an older version");
        // Given
        String older = Path.of(OLDER, "cli", "target", "headwater", "headwater.jar")
                .toRealPath()
                .toString();
        Path model = OldArtefactTest.in(folder);
        Chaos chaos;
        int rows;
        Arrivals arrivals;
        try (BrokerCluster cluster = BrokerCluster.start(folder)) {
            TopicAdmin.ensure(cluster.client(), Topics.of(network).specs());
            arrivals = Arrivals.start(cluster.client(), series);
            try (Arrivals reading = arrivals;
                    ServeInstance first = instance("serve-1", cluster, model);
                    ServeInstance second = instance("serve-2", cluster, model)) {
                first.start(older);
                second.start(older);
                SteadyFeed feed = SteadyFeed.start(cluster.client(), series);
                chaos = new Chaos(cluster, feed, reading);
                try (feed) {
                    chaos.await(WARM_SLOTS);

                    // When
                    chaos.step("nothing", () -> {});
                    chaos.restart("upgrade", first);
                    chaos.step("one of each version", () -> {});
                    chaos.restart("upgrade", second);
                    chaos.step("nothing", () -> {});
                }
                rows = feed.rows();
                chaos.awaitForecasts(rows);
            }
        }

        // Then
        System.out.println(chaos.table());
        long expected = (long) SENSORS * (rows - network.window().lookback() + 1);
        assertThat(arrivals.tally(rows)).isEqualTo(new Arrivals.Tally(expected, 0, 0));
    }

    private ServeInstance instance(String name, BrokerCluster cluster, Path model) {
        return new ServeInstance(name, folder, ChaosTest.arguments(network, cluster, model));
    }
}
