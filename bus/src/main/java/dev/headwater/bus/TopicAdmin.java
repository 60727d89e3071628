package dev.headwater.bus;

import static java.util.Objects.requireNonNull;

import dev.headwater.forecasting.InvalidInputException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
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

    /// Creates those topics that are missing, and returns once they can be seen: Kafka Streams stops on a source topic
    /// that it cannot see yet. Settings of existing topics are left as they are.
    ///
    /// @throws InvalidInputException when no broker answers within about 10 s, or when a topic exists with another
    ///                               number of partitions: that number decides which partition holds a sensor,
    ///                               and can't be changed under running consumers
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
    /// @throws InvalidInputException when a topic exists with another number of partitions
    public static void ensure(Admin admin, Collection<TopicSpec> specs) {
        List<TopicSpec> missing = check(admin, specs);
        if (missing.isEmpty()) {
            return;
        }
        var created = admin.createTopics(
                        missing.stream().map(TopicSpec::toNewTopic).toList())
                .values();
        created.forEach(TopicAdmin::awaitCreated);
        awaitVisible(admin, missing);
    }

    private static void awaitCreated(String name, KafkaFuture<Void> created) {
        try {
            get(created);
        } catch (TopicExistsException e) {
            // Another process was faster; its partitions are checked with the rest when the topic is seen.
        } catch (InvalidRequestException | InvalidConfigurationException e) {
            throw new InvalidInputException("topic " + name + " cannot be created: " + e.getMessage(), e);
        }
    }

    private static void awaitVisible(Admin admin, List<TopicSpec> specs) {
        long deadline = System.nanoTime() + VISIBLE_WITHIN.toNanos();
        List<TopicSpec> unseen = check(admin, specs);
        while (!unseen.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new InvalidInputException("topics "
                        + unseen.stream().map(TopicSpec::name).toList() + " were created but cannot be seen after "
                        + VISIBLE_WITHIN.toSeconds() + " s: is the broker overloaded?");
            }
            pause();
            unseen = check(admin, unseen);
        }
    }

    /// Those that do not exist; throws when one exists with other partitions.
    private static List<TopicSpec> check(Admin admin, Collection<TopicSpec> specs) {
        Map<String, KafkaFuture<TopicDescription>> found = admin.describeTopics(
                        specs.stream().map(TopicSpec::name).toList())
                .topicNameValues();
        List<TopicSpec> missing = new ArrayList<>();
        for (TopicSpec spec : specs) {
            try {
                requirePartitions(
                        spec,
                        get(requireNonNull(found.get(spec.name()))).partitions().size());
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

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KafkaException kafka) {
                throw kafka;
            }
            throw new IllegalStateException("request to the broker failed", e);
        } catch (InterruptedException e) {
            throw new InterruptException(e); // sets the thread's flag again
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
