package dev.headwater.cli;

import dev.headwater.streams.StreamSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;

/// Kills and restarts one part after the other while readings flow, and measures how long forecasts were
/// missing. Not thread-safe.
final class Chaos {

    private static final int SETTLE_SLOTS = 8;
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofMinutes(3).multipliedBy(ChaosFixture.SLOWDOWN);

    private final BrokerCluster cluster;
    private final SteadyFeed feed;
    private final Arrivals arrivals;
    private final List<Outage> outages = new ArrayList<>();

    Chaos(BrokerCluster cluster, SteadyFeed feed, Arrivals arrivals) {
        this.cluster = cluster;
        this.feed = feed;
        this.arrivals = arrivals;
    }

    /// The fault or restart of a step.
    interface Action {
        void run() throws Exception;
    }

    /// What a step did to the forecasts.
    ///
    /// @param gap   longest time that one of the affected sensors got no forecast, less the slot's own second
    /// @param worst the same over all sensors
    /// @param delay longest time from when a reading was due to when its forecast could be read
    /// @param tally forecasts counted at the end of the step
    record Outage(String step, Duration gap, Duration worst, Duration delay, Arrivals.Tally tally) {

        private static String seconds(Duration time) {
            return String.format(Locale.ROOT, "%.2f s", time.toMillis() / 1e3);
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%-40s %9s %9s %9s %10d %8d %8d",
                    step,
                    seconds(gap),
                    seconds(worst),
                    seconds(delay),
                    tally.forecasts(),
                    tally.missing(),
                    tally.doubled());
        }
    }

    List<Outage> outages() {
        return outages;
    }

    /// A table with a line for each step.
    String table() {
        StringBuilder table = new StringBuilder(String.format(
                "%-40s %9s %9s %9s %10s %8s %8s%n",
                "step", "its gap", "any gap", "delay", "forecasts", "missing", "doubled"));
        outages.forEach(outage -> table.append(outage).append(System.lineSeparator()));
        return table.toString();
    }

    /// The kill hits the middle of a transaction: one is nearly always open.
    void killAndRestart(ServeInstance instance) throws Exception {
        Set<Integer> partitions = partitionsOf(instance);
        step(
                "kill -9 " + instance.name() + ", " + partitions.size() + " partitions",
                instance::kill,
                sensor -> partitions.contains(feed.partition(sensor)));
        step(instance.name() + " is started again", instance::start);
    }

    void killAndRestart(BrokerNode broker) throws Exception {
        step("kill -9 broker " + broker.id() + ", active controller", broker::kill);
        step("broker " + broker.id() + " is started again", () -> start(broker));
    }

    /// Ends an instance and starts it again, from this build.
    void restart(String why, ServeInstance instance) throws Exception {
        step(why + ", " + instance.name(), () -> {
            instance.stop();
            instance.start();
        });
    }

    /// Restarts each instance and each broker in turn.
    void rollingRestart(List<ServeInstance> instances) throws Exception {
        for (ServeInstance instance : instances) {
            restart("rolling restart", instance);
        }
        for (BrokerNode broker : cluster.nodes()) {
            step("rolling restart, broker " + broker.id(), () -> {
                broker.stop();
                start(broker);
            });
        }
    }

    private void start(BrokerNode broker) throws Exception {
        broker.start();
        cluster.awaitInSync();
    }

    void step(String name, Action action) throws Exception {
        step(name, action, sensor -> true);
    }

    /// Runs the action, lets some more slots pass, and waits until every forecast up to then has arrived.
    private void step(String name, Action action, IntPredicate concerned) throws Exception {
        long from = System.nanoTime();
        action.run();
        int rows = await(SETTLE_SLOTS);
        long to = System.nanoTime();
        Outage outage = new Outage(
                name,
                beyondTheSlot(arrivals.longestGap(from, to, concerned)),
                beyondTheSlot(arrivals.longestGap(from, to, sensor -> true)),
                Duration.ofNanos(arrivals.longestDelay(from, to, feed)),
                arrivals.tally(rows));
        outages.add(outage);
        System.out.println(outage);
    }

    private static Duration beyondTheSlot(long gapNanos) {
        return Duration.ofNanos(Math.max(0, gapNanos - SteadyFeed.PERIOD.toNanos()));
    }

    /// Waits until this number of further slots is sent and has its forecasts.
    ///
    /// @return one past the last of their rows
    int await(int slots) {
        int rows = feed.rows() + slots;
        await("rows sent", () -> feed.rows() >= rows);
        awaitForecasts(rows);
        return rows;
    }

    /// Waits until each sensor has a forecast at every row before this one.
    void awaitForecasts(int endRow) {
        await("forecasts before row " + endRow, () -> arrivals.isComplete(endRow));
    }

    private static void await(String what, BooleanSupplier there) {
        Awaitility.await(what).atMost(PATIENCE).pollInterval(LOOK).until(there::getAsBoolean);
    }

    /// Partitions of the readings that the group's coordinator has given to an instance.
    private Set<Integer> partitionsOf(ServeInstance instance) throws Exception {
        String group = StreamSettings.defaultApplicationId(feed.network().name());
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
