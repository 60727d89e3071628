package dev.headwater.streams;

import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.streams.sensors.Inquiries;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One running instance of the forecasting stream of a network.
public final class StreamApp implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StreamApp.class);
    private static final int MAX_REPLACED_THREADS = 5;
    private static final Duration REPLACED_WITHIN = Duration.ofMinutes(10);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(20);

    private final KafkaStreams streams;
    private final KafkaStreamsMetrics kafkaMetrics;
    private final CountDownLatch running = new CountDownLatch(1);
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private final RestartBudget restarts = new RestartBudget(MAX_REPLACED_THREADS, REPLACED_WITHIN, System::nanoTime);
    private final CloseOptions.GroupMembershipOperation whenClosed;
    private final Failover failover;
    private final Inquiries inquiries;
    private final Instances instances;

    private StreamApp(
            KafkaStreams streams,
            Failover failover,
            Inquiries inquiries,
            @Nullable HostPort own,
            MeterRegistry registry) {
        this.streams = streams;
        this.inquiries = inquiries;
        this.instances = new Instances(streams, own);
        this.failover = failover;
        // A static member resumes its partitions after a restart; any other member hands them over at once.
        this.whenClosed = failover.instanceId() == null
                ? CloseOptions.GroupMembershipOperation.LEAVE_GROUP
                : CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP;
        this.kafkaMetrics = new KafkaStreamsMetrics(streams);
        kafkaMetrics.bindTo(registry);
        streams.setStateListener((now, before) -> changed(now));
        streams.setUncaughtExceptionHandler(this::failed);
    }

    /// Creates the topics that are missing and starts the stream.
    ///
    /// @param partitions number for topics that are missing
    /// @param model      asked before every batch
    /// @throws dev.headwater.forecasting.InvalidInputException when no broker answers, or when state was kept for
    ///                                                         another number of partitions
    public static StreamApp start(
            SensorNetwork network, int partitions, ModelSource model, StreamSettings settings, MeterRegistry registry) {
        return start(network, partitions, model, settings, null, registry);
    }

    /// @param own where other instances reach the endpoints of this one; null when they cannot
    static StreamApp start(
            SensorNetwork network,
            int partitions,
            ModelSource model,
            StreamSettings settings,
            @Nullable HostPort own,
            MeterRegistry registry) {
        TopicAdmin.ensure(settings.client(), Topics.of(network).specs(partitions));
        Handover before = new Handover(
                Changelogs.prepare(network, settings),
                new TopicPastReadings(network, settings),
                TopicPast.of(network, settings));
        Properties config = new Properties();
        config.putAll(settings.streamsConfig());
        if (own != null) {
            config.put(StreamsConfig.APPLICATION_SERVER_CONFIG, own.toString());
        }
        StreamMetrics metrics = new StreamMetrics(registry, network.name());
        Inquiries inquiries = new Inquiries();
        StreamApp app = new StreamApp(
                new KafkaStreams(ForecastTopology.build(network, model, settings, metrics, inquiries, before), config),
                settings.failover(),
                inquiries,
                own,
                registry);
        app.streams.start();
        return app;
    }

    /// Questions to the tasks of this instance.
    Inquiries inquiries() {
        return inquiries;
    }

    /// This instance and the others.
    Instances instances() {
        return instances;
    }

    private void changed(KafkaStreams.State now) {
        switch (now) {
            case RUNNING -> running.countDown();
            case ERROR -> stopped.completeExceptionally(new IllegalStateException("the stream stopped on an error"));
            case NOT_RUNNING -> stopped.complete(null);
            case CREATED, REBALANCING, PENDING_SHUTDOWN, PENDING_ERROR -> {}
        }
    }

    /// Replaces a thread that died. After too many faults the instance stops with an error, and leaves its
    /// partitions to other instances.
    private StreamThreadExceptionResponse failed(Throwable cause) {
        if (isReplaced(cause)) {
            stopped.completeExceptionally(new InvalidInputException("instance id " + failover.instanceId()
                    + ": another instance has started with it, so this one ends; give each instance its own"));
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        LOG.error("stream thread failed", cause);
        if (restarts.take()) {
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        LOG.error(
                "{} threads failed within {} minutes: stopping", MAX_REPLACED_THREADS + 1, REPLACED_WITHIN.toMinutes());
        stopped.completeExceptionally(cause);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    /// True when another instance has taken the instance id. The broker gives it to the latest member, so a new
    /// thread here would take it back, and so on.
    private static boolean isReplaced(Throwable cause) {
        return Stream.iterate(cause, Objects::nonNull, Throwable::getCause)
                .anyMatch(FencedInstanceIdException.class::isInstance);
    }

    /// True when the stream has its partitions and their state.
    public boolean isReady() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    /// True unless the stream has stopped, on an error or on request.
    public boolean isAlive() {
        return !stopped.isDone() && streams.state() != KafkaStreams.State.PENDING_ERROR;
    }

    /// Waits until the stream runs for the first time.
    ///
    /// @return false when it did not within the time
    public boolean awaitRunning(Duration within) throws InterruptedException {
        return running.await(within.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Completes when the stream has stopped, exceptionally on an error.
    public CompletableFuture<Void> stopped() {
        return stopped;
    }

    /// Issues what is pending, commits, and leaves the group unless it is a static member.
    @Override
    public void close() {
        kafkaMetrics.close();
        streams.close(CloseOptions.timeout(CLOSE_WITHIN).withGroupMembershipOperation(whenClosed));
    }
}
