package dev.headwater.cli.demo;

import dev.headwater.forecasting.network.Network;
import java.io.PrintWriter;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// The table of live forecasts: redrawn in place on a terminal, printed now and then elsewhere.
final class LiveTable {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("EEE d MMM HH:mm", Locale.ENGLISH);
    private static final long PLAIN_EVERY_NANOS = 10_000_000_000L;
    private static final String UP_AND_CLEAR = "\u001b[%dA\u001b[J";

    private final Network network;
    private final List<String> sensors;
    private final PrintWriter out;
    private final boolean terminal;
    private int drawn;
    private long shownSlot = Long.MIN_VALUE;
    private long shownNanos = System.nanoTime() - PLAIN_EVERY_NANOS;

    /// @param sensors  those to show
    /// @param terminal true when the output can be redrawn
    LiveTable(Network network, List<String> sensors, PrintWriter out, boolean terminal) {
        this.network = network;
        this.sensors = sensors;
        this.out = out;
        this.terminal = terminal;
    }

    /// Shows the newest slot with forecasts if it was not shown yet; elsewhere than on a terminal only every ten
    /// seconds.
    void show(LiveScore score) {
        long slot = score.newestForecast();
        boolean due = terminal || System.nanoTime() - shownNanos >= PLAIN_EVERY_NANOS;
        if (slot <= shownSlot || !due) {
            return;
        }
        if (terminal && drawn > 0) {
            out.printf(UP_AND_CLEAR, drawn);
        }
        draw(score, slot);
        shownSlot = slot;
        shownNanos = System.nanoTime();
    }

    private void draw(LiveScore score, long slot) {
        int[] steps = shownSteps(network.window().horizon());
        ZonedDateTime time = network.clock().start(slot).atZone(network.zone());
        out.printf(
                "%s   %s, all in %s%n",
                CLOCK.format(time), network.title(), network.targetMeasure().unit());
        out.printf(
                Locale.ROOT,
                "%-10s %7s %7s %7s %7s   %11s %12s%n",
                "sensor",
                "now",
                lead(steps[0]),
                lead(steps[1]),
                lead(steps[2]),
                "MAE so far",
                "persistence");
        for (String sensor : sensors) {
            row(score.row(sensor, slot), steps);
        }
        drawn = sensors.size() + 2;
        out.flush();
    }

    private void row(LiveScore.Row row, int[] steps) {
        out.printf(
                Locale.ROOT,
                "%-10s %7s %7s %7s %7s   %11s %12s%n",
                row.sensor(),
                number(row.now(), 1),
                forecast(row, steps[0]),
                forecast(row, steps[1]),
                forecast(row, steps[2]),
                number(row.mae(), 2),
                number(row.persistence(), 2));
    }

    /// A quarter, half and all of the horizon.
    static int[] shownSteps(int horizon) {
        return new int[] {Math.max(1, horizon / 4), Math.max(1, horizon / 2), horizon};
    }

    private String lead(int step) {
        return String.format(Locale.ROOT, "+%.0f min", network.minutes(step));
    }

    private static String forecast(LiveScore.Row row, int step) {
        return row.forecast().length == 0 ? "-" : number(row.forecast()[step - 1], 1);
    }

    private static String number(double value, int decimals) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
