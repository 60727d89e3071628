package dev.headwater.cli.demo;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.ForecastCodec;
import dev.headwater.bus.Topics;
import dev.headwater.bus.ValueFormat;
import dev.headwater.cli.TopicReader;
import dev.headwater.forecasting.network.Network;
import dev.headwater.ingest.replay.ReplayOptions;
import dev.headwater.ingest.replay.Replayer;
import dev.headwater.ingest.replay.Speed;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/// The live part of the demo: readings go in at their pace on one thread, forecasts come back on another, and a table
/// shows both.
final class LiveShow {

    private static final int MOST_ROWS = 12;

    private final Feed feed;
    private final Network network;
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
        play(Speed.MAX, feed.firstLive() - network.window().reach() + 1, feed.firstLive());
    }

    private void play(Speed speed, long from, long to) {
        ReplayOptions options = new ReplayOptions(speed, from, to, ValueFormat.JSON, ReplayOptions.Progress.NEVER);
        new Replayer(client).replay(new ScoredSource(feed.source(), score), options);
    }

    /// Shows slot after slot until the time is over, the source has ended, or the show is stopped.
    ///
    /// @param time zero = until stopped
    void run(Speed speed, PrintWriter out, boolean terminal, Duration time, BooleanSupplier stopped) {
        LiveTable table = new LiveTable(network, spread(feed.history().sensors()), out, terminal);
        long end = time.isZero() ? Long.MAX_VALUE : System.nanoTime() + time.toNanos();
        try (TopicReader reader = TopicReader.open(client, Topics.of(network).forecasts());
                ExecutorService sender = Executors.newSingleThreadExecutor()) {
            Future<?> sending = sender.submit(() -> play(speed, feed.firstLive(), Long.MAX_VALUE));
            while (System.nanoTime() < end && !stopped.getAsBoolean() && !sending.isDone()) {
                reader.poll().forEach(record -> score.received(codec.decode(record.value())));
                table.show(score);
            }
            sender.shutdownNow(); // interrupts the replayer, which then waits for its acknowledgements
        }
    }

    /// Sensors from all over the network.
    private static List<String> spread(List<String> sensors) {
        int rows = Math.min(MOST_ROWS, sensors.size());
        return IntStream.range(0, rows)
                .mapToObj(row -> sensors.get((int) ((long) row * sensors.size() / rows)))
                .toList();
    }

    void summary(PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%n%d readings of %d sensors sent, %d forecasts received; from reading to forecast %.0f ms (median), %.0f ms"
                        + " (99 %%)%n",
                score.sent(),
                feed.history().sensors().size(),
                score.received(),
                score.latencyMillis(0.5),
                score.latencyMillis(0.99));
        int[] steps = LiveTable.shownSteps(network.window().horizon());
        out.printf("%-18s", "live MAE, " + network.targetMeasure().unit());
        for (int step : steps) {
            out.printf(Locale.ROOT, " %10s", String.format(Locale.ROOT, "+%.0f min", network.minutes(step)));
        }
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
