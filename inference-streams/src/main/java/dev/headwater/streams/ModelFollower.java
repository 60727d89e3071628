package dev.headwater.streams;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.network.Network;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows the models topic and always knows the model that is to serve a network: the newest artefact there that is
/// sound and fits, and a starting model as long as the topic has none. Reads from the beginning, belongs to no consumer
/// group, and outlives a broker that is away for a while.
///
/// What is damaged or does not fit is refused, counted and logged in one line; the model in service goes on.
public final class ModelFollower implements Supplier<ServedModel>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ModelFollower.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

    private final TopicPartition models = new TopicPartition(Topics.MODELS, 0); // it has one partition
    private final KafkaConsumer<String, byte[]> consumer;
    private final ActiveModel active;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile boolean caughtUp;
    private String complaint = "";

    private ModelFollower(KafkaConsumer<String, byte[]> consumer, ActiveModel active, String network) {
        this.consumer = consumer;
        this.active = active;
        this.thread = Thread.ofPlatform().name("headwater-models-" + network).unstarted(this::follow);
    }

    /// Starts following; the topic must be there, as [dev.headwater.bus.TopicAdmin] makes it.
    ///
    /// @param starting serves while the topic has no model for the network; null when there is none
    /// @param registry takes the metrics of models
    /// @throws dev.headwater.forecasting.InvalidInputException when Kafka refuses a setting
    public static ModelFollower start(
            ClientConfig client, Network network, @Nullable ServedModel starting, MeterRegistry registry) {
        ActiveModel active = new ActiveModel(network, starting, new StreamMetrics.Models(registry, network.name()));
        ModelFollower follower = new ModelFollower(
                client.openConsumer("headwater-models-" + network.name(), "", new ByteArrayDeserializer()),
                active,
                network.name());
        follower.thread.start();
        return follower;
    }

    private void follow() {
        consumer.assign(List.of(models));
        consumer.seekToBeginning(List.of(models));
        try (consumer) {
            while (closing.getCount() > 0) {
                step();
            }
        } catch (WakeupException e) {
            LOG.debug("closing while polling", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void step() throws InterruptedException {
        try {
            consumer.poll(POLL).forEach(record -> active.offer(record.key(), record.offset(), record.value()));
            if (readToTheEnd()) {
                active.settle();
                caughtUp = true;
            }
            complaint = "";
        } catch (WakeupException e) {
            throw e;
        } catch (KafkaException e) {
            complain(e);
            closing.await(TRY_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /// As far as the broker said with what it sent last.
    private boolean readToTheEnd() {
        OptionalLong lag = consumer.currentLag(models);
        return lag.isPresent() && lag.getAsLong() == 0;
    }

    /// Once for as long as it goes on.
    private void complain(KafkaException e) {
        String now = e.toString();
        if (!now.equals(complaint)) {
            LOG.warn("topic {} cannot be read, trying on: {}", Topics.MODELS, now);
            complaint = now;
        }
    }

    /// The model to serve with now; may be another one at the next call.
    ///
    /// @throws IllegalStateException when there is none yet
    @Override
    public ServedModel get() {
        return active.get();
    }

    /// True once there is a model, from the topic or to start with.
    public boolean hasModel() {
        return active.isPresent();
    }

    /// True once the topic was read to its end, and so the newest model serves.
    public boolean isCaughtUp() {
        return caughtUp;
    }

    /// Ends the following; the model stays as it is.
    @Override
    public void close() {
        closing.countDown();
        consumer.wakeup();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
