package dev.headwater.cli.demo;

import dev.headwater.backtest.LiveScore;
import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.ForecastCodec;
import dev.headwater.bus.TopicReader;
import dev.headwater.bus.Topics;
import dev.headwater.bus.ValueFormat;
import dev.headwater.forecasting.Words;
import dev.headwater.forecasting.evaluation.ErrorTable;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.ingest.replay.ReplayOptions;
import dev.headwater.ingest.replay.Replayer;
import dev.headwater.ingest.replay.Speed;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.IntToDoubleFunction;

/// The live part of the demo: readings go in at their pace on one thread, forecasts come back on another, and a table
/// shows both.
final class LiveShow {

    private static final Duration PRIME_WITHIN = Duration.ofSeconds(30);

    private final Feed feed;
    private final SensorNetwork network;
    private final ClientConfig client;
    private final LiveScore score;
    private final ForecastCodec codec;

    LiveShow(Feed feed, ClientConfig client) {
        this.feed = feed;
        this.network = feed.network();
        this.client = client;
        this.score = new LiveScore(network, feed.history().sensors());
        this.codec = new ForecastCodec(network);
    }

    /// Fills the windows with the slots just before the first one shown.
    void prime() {
        play(Speed.MAX, feed.firstLive() - network.window().span() + 1, feed.firstLive());
    }

    private void play(Speed speed, long from, long to) {
        ReplayOptions options = new ReplayOptions(speed, from, to, ValueFormat.JSON, ReplayOptions.Progress.NEVER);
        new Replayer(client).replay(new ScoredSource(feed.source(), score), options);
    }

    /// Shows slot after slot until the time is over, the source has ended, or the show is stopped.
    ///
    /// @param time zero = until stopped
    void run(Speed speed, PrintWriter out, LiveTable.Screen screen, Duration time, BooleanSupplier stopped) {
        LiveTable table = new LiveTable(network, feed.history().sensors(), out, screen);
        try (TopicReader reader = TopicReader.open(client, Topics.of(network).forecasts());
                ExecutorService sender = Executors.newSingleThreadExecutor()) {
            awaitPrimed(reader, stopped);
            long end = time.isZero() ? Long.MAX_VALUE : System.nanoTime() + time.toNanos();
            Future<?> sending = sender.submit(() -> play(speed, feed.firstLive(), Long.MAX_VALUE));
            while (System.nanoTime() < end && !stopped.getAsBoolean() && !sending.isDone()) {
                take(reader);
                table.show(score);
            }
            sender.shutdownNow(); // interrupts the replayer, which then waits for its acknowledgements
        }
    }

    /// The forecasts of the last slot before the live ones: with them the first slot shown has errors already.
    private void awaitPrimed(TopicReader reader, BooleanSupplier stopped) {
        long end = System.nanoTime() + PRIME_WITHIN.toNanos();
        while (System.nanoTime() < end
                && !stopped.getAsBoolean()
                && score.newestComplete(feed.history().sensors()) < feed.firstLive() - 1) {
            take(reader);
        }
    }

    private void take(TopicReader reader) {
        reader.poll().forEach(record -> score.received(codec.decode(record.value())));
    }

    void summary(PrintWriter out) {
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
