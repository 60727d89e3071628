package dev.headwater.cli.demo;

import dev.headwater.forecasting.network.Network;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/// The live part of the demo: a slot at each beat, a table of what comes back, a summary at the end.
final class LiveShow {

    private static final int MOST_ROWS = 12;

    private final Feed feed;
    private final Network network;
    private final LiveFeed live;
    private final LiveScore score;
    private final Duration beat;

    LiveShow(Feed feed, LiveFeed live, LiveScore score, Duration beat) {
        this.feed = feed;
        this.network = feed.history().network();
        this.live = live;
        this.score = score;
        this.beat = beat;
    }

    /// Fills the windows with the last slots of the history, without showing anything.
    void prime() {
        int lookback = network.window().lookback();
        for (long slot = feed.firstLive() - lookback + 1; slot < feed.firstLive(); slot++) {
            live.send(slot);
        }
    }

    /// Sends slot after slot until the time is over or the show is stopped.
    ///
    /// @param time    zero = until stopped
    /// @param stopped asked between two polls
    /// @return slots shown
    int run(PrintWriter out, boolean terminal, Duration time, BooleanSupplier stopped) {
        LiveTable table = new LiveTable(network, shown(), out, terminal);
        long started = System.nanoTime();
        long end = time.isZero() ? Long.MAX_VALUE : time.toNanos();
        long slot = feed.firstLive();
        while (slot <= feed.lastLive() && System.nanoTime() - started < end && !stopped.getAsBoolean()) {
            live.send(slot);
            long nextBeat = started + (slot - feed.firstLive() + 1) * beat.toNanos();
            while (System.nanoTime() - nextBeat < 0 && !stopped.getAsBoolean()) {
                live.receive();
            }
            table.show(score, slot);
            slot++;
        }
        return (int) (slot - feed.firstLive());
    }

    /// Sensors spread over the network.
    private List<String> shown() {
        int sensors = feed.sensors().size();
        int rows = Math.min(MOST_ROWS, sensors);
        return IntStream.range(0, rows)
                .mapToObj(row -> feed.sensors().get((int) ((long) row * sensors / rows)))
                .toList();
    }

    void summary(PrintWriter out, int slots) {
        out.printf(
                Locale.ROOT,
                "%n%d slots of %d sensors: %d forecasts received, %.0f ms from reading to forecast (median), %.0f ms (99 %%)%n",
                slots,
                feed.sensors().size(),
                score.received(),
                score.latencyMillis(0.5),
                score.latencyMillis(0.99));
        out.printf("%-18s", "live MAE, " + network.targetMeasure().unit());
        int[] steps = LiveTable.shownSteps(network.window().horizon());
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
