package dev.headwater.cli.demo;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.EmbeddedBroker;
import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.network.Network;
import dev.headwater.streams.Guarantee;
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
    private final Duration beat;

    /// @param beat time between two slots
    Demo(Feed feed, ServedModel model, Duration beat) {
        this.feed = feed;
        this.model = model;
        this.beat = beat;
    }

    /// Runs until the time is over or it is stopped, and prints a summary.
    ///
    /// @param folder for the files of broker and stream
    /// @param time   zero = until stopped
    void run(Path folder, PrintWriter out, boolean terminal, Duration time, BooleanSupplier stopped)
            throws InterruptedException {
        Network network = feed.history().network();
        LiveScore score = new LiveScore(network, feed.sensors());
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            ClientConfig client = ClientConfig.of(broker.bootstrapServers());
            TopicAdmin.ensure(client, Topics.of(network).specs(PARTITIONS));
            String id = StreamSettings.defaultApplicationId(network.name());
            StreamSettings settings =
                    StreamSettings.of(client, id, folder.resolve("streams"), Guarantee.AT_LEAST_ONCE);
            try (LiveFeed live = new LiveFeed(feed, client, score);
                    StreamApp app = StreamApp.start(
                            network, PARTITIONS, () -> model, settings, new SimpleMeterRegistry())) {
                if (!app.awaitRunning(START_WITHIN)) {
                    throw new IllegalStateException(
                            "the stream did not start within " + START_WITHIN.toSeconds() + " s");
                }
                LiveShow show = new LiveShow(feed, live, score, beat);
                show.prime();
                show.summary(out, show.run(out, terminal, time, stopped));
            }
        }
    }
}
