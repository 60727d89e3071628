package dev.headwater.streams;

import dev.headwater.bus.ModelAssembly;
import dev.headwater.bus.ModelRole;
import dev.headwater.bus.Threads;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.Printable;
import dev.headwater.forecasting.network.SensorNetwork;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows the models topic and provides the model of a network: the newest artefact that is sound and fits, or
/// a starting model while the topic has none. Reads from the beginning without a consumer group, and survives a
/// broker's outage.
///
/// A model that is damaged, does not fit or is nonsense is refused; the model in service stays. After any other
/// failure the topic is read again from its beginning, with increasing delays.
public final class ModelFollower implements ModelSource, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ModelFollower.class);
    private static final String FOLDER = "models"; // in that of the state
    private static final Duration POLL = Duration.ofSeconds(1);
    /// At the start: a consumer waits this long for records before it asks where a topic without any ends.
    private static final Duration FIRST_POLLS = Duration.ofMillis(20);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(1);
    private static final int MAX_DOUBLINGS = 5; // of the delay before a retry: half a minute
    private static final int FAILURES_TO_SHOW = 3; // in a row

    private final TopicPartition models = new TopicPartition(Topics.MODELS, 0); // it has one partition
    private final KafkaConsumer<String, byte[]> consumer;
    private final ModelAssembly champions;
    private final ModelAssembly challengers;
    private final ActiveModel active;
    private final ModelMetrics metrics;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile boolean caughtUp;
    private volatile int failures; // in a row
    private String complaint = "";

    private ModelFollower(
            KafkaConsumer<String, byte[]> consumer,
            Path folder,
            ActiveModel active,
            ModelMetrics metrics,
            String network) {
        this.consumer = consumer;
        this.champions = new ModelAssembly(ModelRole.CHAMPION.key(network), folder);
        this.challengers = new ModelAssembly(ModelRole.CHALLENGER.key(network), folder);
        this.active = active;
        this.metrics = metrics;
        this.thread = Thread.ofPlatform().name("headwater-models-" + network).unstarted(this::follow);
    }

    /// Starts following; the topic must exist, see [dev.headwater.bus.TopicAdmin].
    ///
    /// @param starting serves while the topic has no model for the network; null for none
    /// @param registry receives the metrics of models
    /// @throws dev.headwater.forecasting.InvalidInputException when Kafka refuses a setting
    public static ModelFollower start(
            StreamSettings settings, SensorNetwork network, @Nullable ServedModel starting, MeterRegistry registry) {
        ModelMetrics metrics = new ModelMetrics(registry, network.name());
        ActiveModel active = new ActiveModel(network, starting, metrics);
        ModelFollower follower = new ModelFollower(
                settings.client().openConsumer(settings.clientId() + "-models", "", new ByteArrayDeserializer()),
                settings.stateDir().resolve(FOLDER).resolve(network.name()),
                active,
                metrics,
                network.name());
        metrics.watch(follower);
        follower.thread.start();
        return follower;
    }

    private void follow() {
        try (consumer;
                champions;
                challengers) {
            consumer.assign(List.of(models));
            consumer.seekToBeginning(List.of(models));
            while (closing.getCount() > 0) {
                step();
            }
        } catch (WakeupException e) {
            LOG.debug("closing while polling", e);
        } catch (InterruptedException | InterruptException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (closing.getCount() > 0) {
                LOG.error("topic {} is no longer followed: the thread was asked to end by someone else", Topics.MODELS);
            }
        }
    }

    private void step() throws InterruptedException {
        try {
            consumer.poll(caughtUp ? POLL : FIRST_POLLS).forEach(this::take);
            if (readToTheEnd()) {
                active.choose();
                caughtUp = true;
                failures = 0;
                complaint = "";
            }
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (Throwable e) { // if this thread ended, models would silently no longer be swapped
            complain(e);
            closing.await(TRY_AGAIN.toMillis() << Math.min(failures - 1, MAX_DOUBLINGS), TimeUnit.MILLISECONDS);
            startOver();
        }
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        ModelAssembly.Arrival champion = champions.take(record.key(), record.offset(), record.value());
        if (champion != null) {
            active.offer(champion);
        }
        ModelAssembly.Arrival challenger = challengers.take(record.key(), record.offset(), record.value());
        if (challenger != null) {
            active.offerChallenger(challenger);
        }
    }

    /// Drops the offers, and reads the topic again from its beginning.
    private void startOver() {
        champions.reset();
        challengers.reset();
        active.forgetOffers();
        consumer.seekToBeginning(List.of(models));
    }

    /// True at the end of the topic, as of the broker's last response.
    private boolean readToTheEnd() {
        OptionalLong lag = consumer.currentLag(models);
        return lag.isPresent() && lag.getAsLong() == 0;
    }

    /// Counts every failure; logs the same failure in a row once.
    private void complain(Throwable e) {
        failures++; // this thread alone writes it
        metrics.followFailures.increment();
        String now = Printable.line(e.toString());
        if (!now.equals(complaint)) {
            LOG.warn("topic {} cannot be followed, trying on: {}", Topics.MODELS, now);
            complaint = now;
        }
    }

    /// The model in service now; the next call may return another one.
    ///
    /// @throws IllegalStateException when there is none yet
    @Override
    public ServedModel get() {
        return active.get();
    }

    @Override
    public void failed(ServedModel model, RuntimeException cause) {
        active.failed(model, cause);
    }

    @Override
    public @Nullable ServedModel challenger() {
        return active.challenger();
    }

    @Override
    public void challengerFailed(ServedModel model, RuntimeException cause) {
        active.challengerFailed(model, cause);
    }

    /// False when the topic could not be followed several times in a row, or the thread has ended.
    public boolean isFollowing() {
        return thread.isAlive() && failures < FAILURES_TO_SHOW;
    }

    /// True once there is a model, from the topic or the starting one.
    public boolean hasModel() {
        return active.isPresent();
    }

    /// True once the topic was read to its end, and so the newest model serves.
    public boolean isCaughtUp() {
        return caughtUp;
    }

    /// Stops following; the model in service stays.
    @Override
    public void close() {
        closing.countDown();
        consumer.wakeup();
        Threads.awaitEnd(thread);
    }
}
