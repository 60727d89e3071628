package dev.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.artefact.ModelRegistry;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.ingest.simulator.CitySimulator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// Three brokers and two `serve`, exactly once, 325 readings a second: after each kill and restart, a reader of
/// committed records finds each forecast exactly once. Takes minutes, so it runs only when asked for:
/// `benchmarks/chaos`.
@Tag("chaos")
class ChaosTest {

    private static final int SENSORS = 325;
    private static final int MAX_SLOTS = 1_800; // half an hour
    private static final int WARM_SLOTS = 30;

    /// Factor by which a machine is slower than 2 free cores: `-Dheadwater.chaos.slowdown=3`. A transaction
    /// that outlasts its timeout is aborted, so with too short a timeout the stream makes no progress.
    static final int SLOWDOWN = Integer.getInteger("headwater.chaos.slowdown", 1);

    private static final Duration SESSION = Duration.ofSeconds(2).multipliedBy(SLOWDOWN);
    private static final Duration TARGET = Duration.ofSeconds(5).multipliedBy(SLOWDOWN);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS) // the logs explain a failure
    private Path folder;

    private final SensorNetwork network = NetworkFile.load("simulated-city");
    private final Series series =
            new CitySimulator(network, SENSORS, 7).history(network.clock().slotOf(1_700_000_000_000L), MAX_SLOTS);

    @Test
    void noForecastIsLostOrDoubledAndAnInstanceIsReplacedWithinSeconds() throws Exception {
        // Given
        Path models = folder.resolve("models");
        new ModelRegistry(models).publish(UntrainedModel.of(series));
        Chaos chaos;
        Arrivals arrivals;
        int rows;
        try (BrokerCluster cluster = BrokerCluster.start(folder)) {
            TopicAdmin.ensure(cluster.client(), Topics.of(network).specs());
            arrivals = Arrivals.start(cluster.client(), series);
            Path model = models.resolve(network.name()).resolve("latest");
            List<String> arguments = arguments(network, cluster, model);
            try (Arrivals reading = arrivals;
                    ServeInstance first = new ServeInstance("serve-1", folder, arguments);
                    ServeInstance second = new ServeInstance("serve-2", folder, arguments)) {
                first.start();
                second.start();
                SteadyFeed feed = SteadyFeed.start(cluster.client(), series);
                chaos = new Chaos(cluster, feed, reading);
                try (feed) {
                    chaos.await(WARM_SLOTS);

                    // When
                    chaos.step("nothing", () -> {});
                    chaos.killAndRestart(first);
                    chaos.killAndRestart(second);
                    chaos.killAndRestart(cluster.activeController());
                    chaos.rollingRestart(List.of(first, second));
                }
                rows = feed.rows();
                chaos.awaitForecasts(rows);
            }
        }

        // Then
        System.out.println(chaos.table());
        long expected = (long) SENSORS * (rows - network.window().lookback() + 1);
        assertThat(arrivals.tally(rows)).isEqualTo(new Arrivals.Tally(expected, 0, 0));
        assertThat(chaos.outages())
                .allSatisfy(outage -> assertThat(outage.tally()).matches(Arrivals.Tally::isExact, "missing or doubled"))
                .filteredOn(outage -> outage.step().startsWith("kill -9 serve"))
                .hasSize(2)
                .allSatisfy(outage -> assertThat(outage.gap()).isLessThan(TARGET));
    }

    /// Of `serve`.
    static List<String> arguments(SensorNetwork network, BrokerCluster cluster, Path model) {
        return List.of(
                "--network",
                network.name(),
                "--model",
                model.toString(),
                "--bootstrap",
                cluster.client().bootstrapServers(),
                "--guarantee",
                "exactly-once",
                "--standbys",
                "1",
                "--session-timeout",
                SESSION.toSeconds() + "s"); // sets a transaction timeout 1.5 times as long
    }
}
