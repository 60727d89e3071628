package dev.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.ingest.simulator.CitySimulator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// Three brokers and two `serve`, exactly once, 325 readings a second. Takes minutes, so it runs only when asked for:
/// `benchmarks/chaos`.
@Tag("chaos")
abstract class ChaosFixture {

    private static final int SENSORS = 325;
    private static final int MAX_SLOTS = 1_800; // half an hour
    private static final int WARM_SLOTS = 30;

    /// Factor by which a machine is slower than 2 free cores: `-Dheadwater.chaos.slowdown=3`. A transaction
    /// that outlasts its timeout is aborted, so with too short a timeout the stream makes no progress.
    static final int SLOWDOWN = Integer.getInteger("headwater.chaos.slowdown", 1);

    private static final Duration SESSION = Duration.ofSeconds(2).multipliedBy(SLOWDOWN);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS) // the logs explain a failure
    Path folder;

    final SensorNetwork network = NetworkFile.load("simulated-city");
    final Series series =
            new CitySimulator(network, SENSORS, 7).history(network.clock().slotOf(1_700_000_000_000L), MAX_SLOTS);

    /// What befalls them while readings flow.
    interface Faults {
        void befall(Chaos chaos, BrokerCluster cluster, ServeInstance first, ServeInstance second) throws Exception;
    }

    /// Checks that a reader of committed records finds each forecast once, prints the outages, and returns them.
    ///
    /// @param classPath of the build that both instances begin with
    List<Chaos.Outage> run(Path model, String classPath, Faults faults) throws Exception {
        Chaos chaos;
        Arrivals arrivals;
        int rows;
        try (BrokerCluster cluster = BrokerCluster.start(folder)) {
            TopicAdmin.ensure(cluster.client(), Topics.of(network).specs());
            arrivals = Arrivals.start(cluster.client(), series);
            List<String> arguments = arguments(cluster, model);
            try (Arrivals reading = arrivals;
                    ServeInstance first = new ServeInstance("serve-1", folder, arguments);
                    ServeInstance second = new ServeInstance("serve-2", folder, arguments)) {
                first.start(classPath);
                second.start(classPath);
                SteadyFeed feed = SteadyFeed.start(cluster.client(), series);
                chaos = new Chaos(cluster, feed, reading);
                try (feed) {
                    chaos.await(WARM_SLOTS);
                    chaos.step("nothing", () -> {});
                    faults.befall(chaos, cluster, first, second);
                }
                rows = feed.rows();
                chaos.awaitForecasts(rows);
            }
        }
        System.out.println(chaos.table());
        long expected = (long) SENSORS * (rows - network.window().lookback() + 1);
        assertThat(arrivals.tally(rows)).isEqualTo(new Arrivals.Tally(expected, 0, 0));
        assertThat(chaos.outages())
                .allSatisfy(
                        outage -> assertThat(outage.tally()).matches(Arrivals.Tally::isExact, "missing or doubled"));
        return chaos.outages();
    }

    private List<String> arguments(BrokerCluster cluster, Path model) {
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
