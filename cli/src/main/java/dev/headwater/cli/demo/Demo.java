package dev.headwater.cli.demo;

import dev.headwater.backtest.LocalStream;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.ingest.replay.Speed;
import dev.headwater.streams.Guarantee;
import dev.headwater.streams.ServedModel;
import dev.headwater.streams.StreamApp;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// The live stream of the demo, from broker to table.
final class Demo {

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
        try (LocalStream local = LocalStream.open(network, folder)) {
            LiveShow show = new LiveShow(feed, local.client());
            try (StreamApp app = local.serve(model, Guarantee.AT_LEAST_ONCE, new SimpleMeterRegistry())) {
                show.prime();
                show.run(speed, out, screen, time, stopped);
            }
            show.summary(out);
        }
    }
}
