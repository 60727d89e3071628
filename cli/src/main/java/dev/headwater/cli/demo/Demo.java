package dev.headwater.cli.demo;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.EmbeddedBroker;
import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.ingest.replay.Speed;
import dev.headwater.streams.Guarantee;
import dev.headwater.streams.Limits;
import dev.headwater.streams.ServedModel;
import dev.headwater.streams.StreamApp;
import dev.headwater.streams.StreamSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// The live stream of the demo, from broker to table.
final class Demo {

    private static final Duration START_WITHIN = Duration.ofSeconds(60);
    private static final int PARTITIONS = Topics.DEFAULT_PARTITIONS;

    private final Feed feed;
    private final ServedModel model;
    private final Speed speed;

    Demo(Feed feed, ServedModel model, Speed speed) {
        this.feed = feed;
        this.model = model;
        this.speed = speed;
    }

    /// Runs until the time is over or it is stopped, and prints a summary.
    ///
    /// @param folder for the files of broker and stream
    /// @param time   zero = until stopped
    void run(Path folder, PrintWriter out, LiveTable.Screen screen, Duration time, BooleanSupplier stopped)
            throws InterruptedException {
        SensorNetwork network = feed.network();
        try (EmbeddedBroker broker = EmbeddedBroker.startTemporary(folder.resolve("broker"))) {
            ClientConfig client = ClientConfig.of(broker.bootstrapServers());
            TopicAdmin.ensure(client, Topics.of(network).specs(PARTITIONS));
            String id = StreamSettings.defaultApplicationId(network.name());
            // The show runs faster than the clock.
            StreamSettings settings = StreamSettings.of(client, id, folder.resolve("streams"), Guarantee.AT_LEAST_ONCE)
                    .with(Limits.ANY_TIME);
            LiveShow show = new LiveShow(feed, client);
            try (StreamApp app =
                    StreamApp.start(network, PARTITIONS, () -> model, settings, new SimpleMeterRegistry())) {
                if (!app.awaitRunning(START_WITHIN)) {
                    throw new IllegalStateException(
                            "the stream did not start within " + START_WITHIN.toSeconds() + " s");
                }
                show.prime();
                show.run(speed, out, screen, time, stopped);
            }
            show.summary(out);
        }
    }
}
