package dev.headwater.trainer.service;

import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.EmbeddedBroker;
import dev.headwater.bus.ModelHistory;
import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.TopicHistory;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.ingest.replay.ReplayOptions;
import dev.headwater.ingest.replay.Replayer;
import dev.headwater.ingest.replay.SeriesSource;
import dev.headwater.ingest.replay.Speed;
import dev.headwater.ingest.simulator.CitySimulator;
import dev.headwater.trainer.ProvenanceInput;
import dev.headwater.trainer.TrainingListener;
import dev.headwater.trainer.TrainingSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A trainer service of a small city on a real broker, with trainings of a second.
abstract class ServiceFixture {

    static final Duration PATIENCE = Duration.ofSeconds(120);
    static final SensorNetwork NETWORK = NetworkFile.load("simulated-city");
    private static final int SLOTS = 2_000; // a test part of more than a day

    @TempDir
    Path folder;

    final Series series =
            new CitySimulator(NETWORK, 3, 7).history(NETWORK.clock().slotOf(1_700_000_000_000L), SLOTS);
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final SettableClock clock = new SettableClock();
    final List<String> notices = new CopyOnWriteArrayList<>();
    EmbeddedBroker broker;
    ClientConfig client;

    @BeforeEach
    void startBroker() {
        broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
        client = ClientConfig.of(broker.bootstrapServers());
        TopicAdmin.ensure(client, Topics.of(NETWORK).specs(2));
    }

    @AfterEach
    void stopBroker() {
        broker.close();
    }

    void sendReadings() {
        new Replayer(client)
                .replay(
                        SeriesSource.everySlot(series),
                        ReplayOptions.all(Speed.MAX).withProgress(ReplayOptions.Progress.NEVER));
    }

    HistorySource.History fromTopic(long through) {
        Series read = TopicHistory.read(client, NETWORK, null, through);
        return new HistorySource.History(read, new ProvenanceInput("readings topic", "", "test"));
    }

    HistorySource.History fromMemory(long through) {
        return new HistorySource.History(series, new ProvenanceInput("city", "", "test"));
    }

    static TrainingSettings training(int epochs) {
        return TrainingSettings.DEFAULT
                .of(NETWORK)
                .with(Map.of("hidden", "8", "batch", "64", "averaging", "0"))
                .with("epochs", epochs);
    }

    ServiceSettings settings(int epochs) {
        return settings(epochs, null, null, null);
    }

    ServiceSettings settings(
            int epochs, @Nullable Duration every, @Nullable Duration afterDrift, @Nullable Duration canary) {
        return new ServiceSettings(
                NETWORK, training(epochs), folder.resolve("models"), client, every, afterDrift, 0.01, canary);
    }

    TrainerService service(ServiceSettings settings, HistorySource source) {
        meters.clear();
        return new TrainerService(settings, source, meters, clock);
    }

    ModelHistory onTopic() {
        return ModelHistory.read(client, NETWORK, folder.resolve("models"));
    }

    /// A service that runs on a thread of its own until it is closed.
    final class Run implements AutoCloseable {

        final TrainerService service;
        private final CountDownLatch stop = new CountDownLatch(1);
        private final CompletableFuture<Void> running;

        Run(TrainerService service, TrainingListener shown) {
            this.service = service;
            this.running = CompletableFuture.runAsync(() -> service.run(this::stops, () -> shown, notices::add));
        }

        private boolean stops(Duration time) {
            try {
                return stop.await(time.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return true;
            }
        }

        /// Waits for the end of the training that began at or after the given number of notices.
        ServiceState.Run ended(int trainings) {
            await().atMost(PATIENCE).until(() -> notices.size() >= 2 * trainings && !service.isRunning());
            return requireNonNull(service.status().last());
        }

        @Override
        public void close() {
            stop.countDown();
            running.join();
        }
    }

    Run run(TrainerService service) {
        return new Run(service, TrainingListener.NONE);
    }

    /// A clock that tests move.
    static final class SettableClock extends Clock {

        private volatile Instant now = Instant.parse("2024-01-01T00:00:00Z");

        void move(Duration time) {
            now = now.plus(time);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
