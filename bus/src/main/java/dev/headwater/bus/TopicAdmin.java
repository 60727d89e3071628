package dev.headwater.bus;

import static java.util.Objects.requireNonNull;

import dev.headwater.forecasting.InvalidInputException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// Creates topics explicitly. Left to the broker, a mistyped name would become a topic with wrong settings.
public final class TopicAdmin {

    private static final Duration VISIBLE_WITHIN = Duration.ofSeconds(10);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private TopicAdmin() {}

    /// Creates those topics that are missing, and returns once all can be seen and the leaders of their
    /// partitions answer: Kafka Streams stops on a source topic that it cannot see, and what a producer sends
    /// too early is lost. Existing topics stay as they are.
    ///
    /// @throws InvalidInputException when no broker or no leader of a partition answers within 10 s, or when a
    ///                               topic with a fixed number of partitions exists with another number
    public static void ensure(ClientConfig config, Collection<TopicSpec> specs) {
        try (Admin admin = config.openAdmin("headwater-topics")) {
            ensure(admin, specs);
        } catch (TimeoutException e) {
            throw config.unreachable(e);
        }
    }

    /// The same with a client that is open already.
    ///
    /// @throws TimeoutException      when no broker answers within the client's `default.api.timeout.ms`
    /// @throws InvalidInputException when a topic with a fixed number of partitions exists with another number,
    ///                               or no leader of a partition answers
    public static void ensure(Admin admin, Collection<TopicSpec> specs) {
        create(admin, missing(admin, specs, TopicSpec::fixed), Optional.empty());
        awaitLeaders(admin, specs);
    }

    /// The number of partitions of each topic.
    ///
    /// @return by topic; topics that do not exist are left out
    /// @throws InvalidInputException when no broker answers
    public static Map<String, Integer> partitions(ClientConfig config, Collection<String> topics) {
        try (Admin admin = config.openAdmin("headwater-topics")) {
            Map<String, Integer> partitions = new HashMap<>();
            admin.describeTopics(topics).topicNameValues().forEach((topic, description) -> {
                try {
                    partitions.put(
                            topic, BrokerAnswer.of(description).partitions().size());
                } catch (UnknownTopicOrPartitionException e) {
                    // left out
                }
            });
            return partitions;
        } catch (TimeoutException e) {
            throw config.unreachable(e);
        }
    }

    /// Creates missing topics and gives existing ones the requested settings. A second call changes nothing.
    ///
    /// @param replication copies of each partition of a topic to be created; empty for the broker's default
    /// @return the topics as they were before, in the order of `specs`
    /// @throws InvalidInputException when no broker answers, when it refuses a setting or the replication, or when
    ///                               a topic exists with another number of partitions: that number decides which
    ///                               partition holds a sensor, and can't be changed under running consumers
    public static List<TopicState> apply(
            ClientConfig config, Collection<TopicSpec> specs, Optional<Short> replication) {
        try (Admin admin = config.openAdmin("headwater-topics")) {
            List<TopicSpec> missing = missing(admin, specs, spec -> true);
            List<TopicState> before = look(admin, specs);
            create(admin, missing, replication);
            awaitLeaders(admin, specs);
            alter(admin, before);
            return before;
        } catch (TimeoutException e) {
            throw config.unreachable(e);
        }
    }

    /// The topics as the broker has them.
    ///
    /// @return in the order of `specs`
    /// @throws InvalidInputException when no broker answers
    public static List<TopicState> look(ClientConfig config, Collection<TopicSpec> specs) {
        try (Admin admin = config.openAdmin("headwater-topics")) {
            return look(admin, specs);
        } catch (TimeoutException e) {
            throw config.unreachable(e);
        }
    }

    private static List<TopicState> look(Admin admin, Collection<TopicSpec> specs) {
        Map<String, KafkaFuture<TopicDescription>> found = describe(admin, specs);
        List<TopicState> states = new ArrayList<>();
        for (TopicSpec spec : specs) {
            try {
                TopicDescription topic = BrokerAnswer.of(requireNonNull(found.get(spec.name())));
                int replication = topic.partitions().getFirst().replicas().size();
                states.add(new TopicState(spec, topic.partitions().size(), replication, settings(admin, spec)));
            } catch (UnknownTopicOrPartitionException e) {
                states.add(TopicState.missing(spec));
            }
        }
        return states;
    }

    private static Map<String, String> settings(Admin admin, TopicSpec spec) {
        ConfigResource topic = resource(spec);
        Config config = requireNonNull(
                BrokerAnswer.of(admin.describeConfigs(List.of(topic)).all()).get(topic));
        Map<String, String> settings = new HashMap<>();
        for (String key : spec.config().keySet()) {
            ConfigEntry entry = config.get(key);
            if (entry != null && entry.value() != null) {
                settings.put(key, entry.value());
            }
        }
        return settings;
    }

    private static void alter(Admin admin, List<TopicState> states) {
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        for (TopicState state : states) {
            if (state.exists() && !state.drift().isEmpty()) {
                changes.put(resource(state.wanted()), operations(state));
            }
        }
        try {
            BrokerAnswer.of(admin.incrementalAlterConfigs(changes).all());
        } catch (InvalidRequestException | InvalidConfigurationException e) {
            throw new InvalidInputException("settings of topics cannot be changed: " + e.getMessage(), e);
        }
    }

    private static List<AlterConfigOp> operations(TopicState state) {
        List<AlterConfigOp> operations = new ArrayList<>();
        state.drift()
                .forEach((key, value) ->
                        operations.add(new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET)));
        return operations;
    }

    private static ConfigResource resource(TopicSpec spec) {
        return new ConfigResource(ConfigResource.Type.TOPIC, spec.name());
    }

    private static Map<String, KafkaFuture<TopicDescription>> describe(Admin admin, Collection<TopicSpec> specs) {
        return admin.describeTopics(specs.stream().map(TopicSpec::name).toList())
                .topicNameValues();
    }

    private static void create(Admin admin, List<TopicSpec> missing, Optional<Short> replication) {
        if (missing.isEmpty()) {
            return;
        }
        var created = admin.createTopics(missing.stream()
                        .map(spec -> spec.toNewTopic(replication))
                        .toList())
                .values();
        created.forEach(TopicAdmin::awaitCreated);
        awaitVisible(admin, missing);
    }

    private static void awaitCreated(String name, KafkaFuture<Void> created) {
        try {
            BrokerAnswer.of(created);
        } catch (TopicExistsException e) {
            // Another process was faster; awaitVisible checks the partitions of its topic.
        } catch (InvalidRequestException | InvalidConfigurationException e) {
            throw new InvalidInputException("topic " + name + " cannot be created: " + e.getMessage(), e);
        }
    }

    private static void awaitVisible(Admin admin, List<TopicSpec> specs) {
        long deadline = System.nanoTime() + VISIBLE_WITHIN.toNanos();
        List<TopicSpec> unseen = missing(admin, specs, TopicSpec::fixed);
        while (!unseen.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new InvalidInputException("topics "
                        + unseen.stream().map(TopicSpec::name).toList() + " were created but cannot be seen after "
                        + VISIBLE_WITHIN.toSeconds() + " s: is the broker overloaded?");
            }
            pause();
            unseen = missing(admin, unseen, TopicSpec::fixed);
        }
    }

    /// A broker lists a new topic shortly before it accepts records for it. If it then refuses a producer's
    /// first batch and accepts the second, Kafka 4.3 refuses the first for ever (KAFKA-15591).
    private static void awaitLeaders(Admin admin, Collection<TopicSpec> specs) {
        Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
        describe(admin, specs)
                .forEach((topic, description) -> BrokerAnswer.of(description)
                        .partitions()
                        .forEach(partition ->
                                partitions.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest())));
        try {
            BrokerAnswer.of(admin.listOffsets(partitions).all());
        } catch (TimeoutException e) {
            throw new InvalidInputException(
                    "topics " + specs.stream().map(TopicSpec::name).toList()
                            + ": the leader of a partition does not answer: are all brokers running?",
                    e);
        }
    }

    /// The topics that do not exist. Throws when a checked topic exists with another number of partitions.
    private static List<TopicSpec> missing(Admin admin, Collection<TopicSpec> specs, Predicate<TopicSpec> checked) {
        Map<String, KafkaFuture<TopicDescription>> found = describe(admin, specs);
        List<TopicSpec> missing = new ArrayList<>();
        for (TopicSpec spec : specs) {
            try {
                TopicDescription topic = BrokerAnswer.of(requireNonNull(found.get(spec.name())));
                if (checked.test(spec)) {
                    requirePartitions(spec, topic.partitions().size());
                }
            } catch (UnknownTopicOrPartitionException e) {
                missing.add(spec);
            }
        }
        return missing;
    }

    private static void requirePartitions(TopicSpec spec, int found) {
        if (found != spec.partitions()) {
            throw new InvalidInputException("topic " + spec.name() + ": must have " + spec.partitions()
                    + " partitions, found " + found + ": ask for " + found + ", or delete the topic");
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_AGAIN);
        } catch (InterruptedException e) {
            throw new InterruptException(e); // sets the thread's flag again
        }
    }
}
