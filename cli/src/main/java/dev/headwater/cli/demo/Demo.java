package dev.headwater.cli.demo;

import dev.headwater.backtest.LiveReadings;
import dev.headwater.backtest.LiveRun;
import dev.headwater.backtest.LiveScore;
import dev.headwater.backtest.LocalStream;
import dev.headwater.bus.ModelTopic;
import dev.headwater.cli.PlaybackControl;
import dev.headwater.forecasting.Words;
import dev.headwater.forecasting.artefact.Artefact;
import dev.headwater.forecasting.evaluation.ErrorTable;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.ingest.replay.Playback;
import dev.headwater.ingest.replay.Speed;
import dev.headwater.streams.ServedModel;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.IntToDoubleFunction;

/// The live stream of the demo, from broker to table.
final class Demo {

    private final Feed feed;
    private final Artefact model;
    private final Speed speed;
    private final Page page;

    Demo(Feed feed, Artefact model, Speed speed, Page page) {
        this.feed = feed;
        this.model = model;
        this.speed = speed;
        this.page = page;
    }

    /// Shows slot after slot until the time has elapsed, the source has ended, or it is stopped; prints a summary.
    ///
    /// @param folder for the files of broker and stream
    /// @param time   zero = until stopped
    void run(Path folder, PrintWriter out, LiveTable.Screen screen, Duration time, BooleanSupplier stopped)
            throws InterruptedException {
        List<String> sensors = feed.history().sensors();
        ServedModel served = ServedModel.of(model, feed.network());
        Playback playback = new Playback(feed.source(), feed.live(speed));
        try (LocalStream local = LocalStream.open(feed.network(), folder);
                Page.Open open = page.open(local.client(), feed, new PlaybackControl(feed.network(), playback))) {
            ModelTopic.publish(local.client(), model, sent -> {});
            open.tell(out);
            LiveTable table = new LiveTable(feed.network(), sensors, out, screen);
            LiveReadings readings = new LiveReadings(local, feed.source(), sensors, feed.firstLive());
            summary(out, readings.run(served, playback, new LiveRun(time, stopped), table::show));
        }
    }

    private void summary(PrintWriter out, LiveScore score) {
        out.printf(
                Locale.ROOT,
                "%n%s of %s sent, %s received%n",
                Words.count(score.sent(), "reading"),
                Words.count(feed.history().sensors().size(), "sensor"),
                Words.count(score.received(), "forecast"));
        out.printf(
                Locale.ROOT,
                "from reading to forecast %.0f ms (median), %.0f ms (99 %%)%n",
                score.latencyMillis(0.5),
                score.latencyMillis(0.99));
        SensorNetwork network = feed.network();
        int[] steps = ErrorTable.shownSteps(network.window().horizon());
        out.printf("%-18s", "live MAE, " + network.targetMeasure().unit());
        Words.times(network.minutes(steps[0]), network.minutes(steps[1]), network.minutes(steps[2]))
                .forEach(lead -> out.printf(" %10s", "+" + lead));
        out.println();
        line(out, "model", steps, score.model()::mae);
        line(out, "persistence", steps, score.persistence()::mae);
        out.flush();
    }

    private static void line(PrintWriter out, String name, int[] steps, IntToDoubleFunction mae) {
        out.printf("%-18s", name);
        for (int step : steps) {
            double value = mae.applyAsDouble(step - 1);
            out.printf(" %10s", Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.2f", value));
        }
        out.println();
    }
}
