package dev.headwater.cli;

import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.model.ModelRegistry;
import dev.headwater.forecasting.network.Network;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.ingest.simulator.CitySimulator;
import dev.headwater.streams.StreamSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three brokers and two `serve`, exactly once, 325 readings a second: whatever is killed or restarted, each forecast
/// is there once for a reader of committed records. Takes minutes, so it only runs when asked for: `mvn verify
/// -Pchaos`.
@Tag("chaos")
class ChaosTest {

    private static final int SENSORS = 325;
    private static final int MOST_SLOTS = 1_800; // half an hour
    private static final int WARM_SLOTS = 30;
    private static final int SETTLE_SLOTS = 8;
    private static final Duration TARGET = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir(cleanup = org.junit.jupiter.api.io.CleanupMode.NEVER)
    private Path folder;

    private final Network network = NetworkFile.load("simulated-city");
    private final Series series =
            new CitySimulator(network, SENSORS, 7).history(network.clock().slotOf(1_700_000_000_000L), MOST_SLOTS);
    private final List<Outage> outages = new ArrayList<>();

    @Test
    void noForecastIsLostOrDoubledAndAnInstanceIsReplacedWithinSeconds() throws Exception {
        // Given
        Path models = folder.resolve("models");
        new ModelRegistry(models).publish(UntrainedModel.of(series));
        try (BrokerCluster cluster = BrokerCluster.start(folder)) {
            TopicAdmin.ensure(cluster.client(), Topics.of(network).specs());
            List<String> arguments = arguments(cluster, models);
            Arrivals arrivals = Arrivals.start(cluster.client(), series);
            try (arrivals;
                    ServeInstance first = new ServeInstance("serve-1", folder, arguments);
                    ServeInstance second = new ServeInstance("serve-2", folder, arguments)) {
                SteadyFeed feed;
                first.start();
                second.start();
                feed = SteadyFeed.start(cluster.client(), series);
                try (feed) {
                    Chaos chaos = new Chaos(cluster, feed, arrivals);

                    // When
                    chaos.await(WARM_SLOTS);
                    chaos.step("nothing", () -> {});
                    for (ServeInstance instance : List.of(first, second)) {
                        chaos.kill(instance);
                        chaos.step(instance.name() + " is started again", instance::start);
                    }
                    BrokerNode broker = cluster.activeController();
                    chaos.step("kill -9 broker " + broker.id() + " (active controller)", broker::kill);
                    chaos.step("broker " + broker.id() + " is started again", () -> chaos.start(broker));
                    chaos.rollingRestart(List.of(first, second));
                }
            }
        }
    }

    private List<String> arguments(BrokerCluster cluster, Path models) {
        return List.of(
                "--network",
                network.name(),
                "--model",
                models.resolve(network.name()).resolve("latest").toString(),
                "--bootstrap",
                cluster.client().bootstrapServers(),
                "--guarantee",
                "exactly-once",
                "--standbys",
                "1",
                "--session-timeout",
                "2s"); // and with it a transaction timeout of 3 s
    }

    private interface Action {
        void run() throws Exception;
    }

    /// @param gap   longest time that a sensor got no forecast, beyond the slot's own, of those concerned
    /// @param worst the same of all sensors
    /// @param delay longest from when a reading was due to when its forecast could be read
    private record Outage(String step, Duration gap, Duration worst, Duration delay, Arrivals.Tally tally) {}

    private final class Chaos {
        private final BrokerCluster cluster;
        private final SteadyFeed feed;
        private final Arrivals arrivals;

        Chaos(BrokerCluster cluster, SteadyFeed feed, Arrivals arrivals) {
            this.cluster = cluster;
            this.feed = feed;
            this.arrivals = arrivals;
        }

        void kill(ServeInstance instance) throws Exception {
            Set<Integer> partitions = partitionsOf(instance);
            step(
                    "kill -9 " + instance.name() + " " + partitions,
                    instance::kill,
                    sensor -> partitions.contains(feed.partition(sensor)));
        }

        void start(BrokerNode node) throws Exception {
            node.start();
            cluster.awaitInSync();
        }

        void rollingRestart(List<ServeInstance> instances) throws Exception {
            for (ServeInstance instance : instances) {
                step("rolling: " + instance.name(), () -> {
                    instance.stop();
                    instance.start();
                });
            }
            for (BrokerNode node : cluster.nodes()) {
                step("rolling: broker " + node.id(), () -> {
                    node.stop();
                    start(node);
                });
            }
        }

        /// Waits until so many more slots have their forecasts.
        ///
        /// @return one past the last of their rows
        int await(int slots) {
            int rows = feed.rows() + slots;
            Awaitility.await("rows sent").atMost(PATIENCE).pollInterval(LOOK).until(() -> feed.rows() >= rows);
            Awaitility.await("rows forecast")
                    .atMost(PATIENCE)
                    .pollInterval(LOOK)
                    .until(() -> arrivals.isComplete(rows));
            return rows;
        }

        void step(String name, Action action) throws Exception {
            step(name, action, sensor -> true);
        }

        /// Does it, lets some more slots pass, and requires every forecast up to then.
        void step(String name, Action action, IntPredicate concerned) throws Exception {
            long from = System.nanoTime();
            action.run();
            int rows = await(SETTLE_SLOTS);
            long to = System.nanoTime();
            Outage outage = new Outage(
                    name,
                    beyondTheSlot(arrivals.longestGap(from, to, concerned)),
                    beyondTheSlot(arrivals.longestGap(from, to, sensor -> true)),
                    Duration.ofNanos(arrivals.longestDelay(from, to, feed)),
                    arrivals.tally(sensor -> rows));
            outages.add(outage);
            System.out.println(outage);
        }

        private Duration beyondTheSlot(long gapNanos) {
            return Duration.ofNanos(Math.max(0, gapNanos - SteadyFeed.PERIOD.toNanos()));
        }

        private Set<Integer> partitionsOf(ServeInstance instance) throws Exception {
            String group = StreamSettings.defaultApplicationId(network.name());
            Set<Integer> partitions = new HashSet<>();
            for (MemberDescription member : cluster.admin()
                    .describeConsumerGroups(List.of(group))
                    .describedGroups()
                    .get(group)
                    .get()
                    .members()) {
                if (member.clientId().startsWith(instance.name() + "-")) {
                    member.assignment().topicPartitions().stream()
                            .map(TopicPartition::partition)
                            .forEach(partitions::add);
                }
            }
            return partitions;
        }
    }
}
