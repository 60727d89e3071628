package dev.headwater.backtest;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.EmbeddedBroker;
import dev.headwater.bus.Limits;
import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.TopicReader;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.streams.Guarantee;
import dev.headwater.streams.ServedModel;
import dev.headwater.streams.StreamApp;
import dev.headwater.streams.StreamSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;

/// An embedded broker with a network's topics, and the real topology on it, all in this process. Replays of
/// history and the demo use it. Accepts readings of any event time, because history lies far from the clock.
public final class LocalStream implements AutoCloseable {

    private static final Duration START_WITHIN = Duration.ofSeconds(60);
    private static final int PARTITIONS = Topics.DEFAULT_PARTITIONS;

    private final SensorNetwork network;
    private final Path folder;
    private final EmbeddedBroker broker;
    private final ClientConfig client;

    private LocalStream(SensorNetwork network, Path folder, EmbeddedBroker broker) {
        this.network = network;
        this.folder = folder;
        this.broker = broker;
        this.client = ClientConfig.of(broker.bootstrapServers());
    }

    /// Starts the broker and creates the topics.
    ///
    /// @param folder for the files of broker and stream
    public static LocalStream open(SensorNetwork network, Path folder) {
        LocalStream local = new LocalStream(network, folder, EmbeddedBroker.startTemporary(folder.resolve("broker")));
        try {
            TopicAdmin.ensure(local.client, Topics.of(network).specs(PARTITIONS));
            return local;
        } catch (RuntimeException e) {
            local.close();
            throw e;
        }
    }

    public ClientConfig client() {
        return client;
    }

    /// Reads a topic from its beginning.
    public TopicReader read(String topic) {
        return TopicReader.open(client, topic);
    }

    /// Starts the stream, and returns when it runs. A stream that was closed before continues where it ended.
    public StreamApp serve(ServedModel model, Guarantee guarantee, MeterRegistry registry) throws InterruptedException {
        String id = StreamSettings.defaultApplicationId(network.name());
        StreamSettings settings = StreamSettings.of(client, id, folder.resolve("streams"), guarantee)
                .with(Limits.ANY_TIME);
        StreamApp app = StreamApp.start(network, PARTITIONS, () -> model, settings, registry);
        try {
            if (!app.awaitRunning(START_WITHIN)) {
                throw new IllegalStateException("the stream did not start within " + START_WITHIN.toSeconds() + " s");
            }
            return app;
        } catch (RuntimeException | InterruptedException e) {
            app.close();
            throw e;
        }
    }

    @Override
    public void close() {
        broker.close();
    }
}
