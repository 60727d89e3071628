package dev.headwater.cli.demo;

import dev.headwater.backtest.LiveScore;
import dev.headwater.forecasting.Words;
import dev.headwater.forecasting.evaluation.ErrorTable;
import dev.headwater.forecasting.network.SensorNetwork;
import java.io.PrintWriter;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;

/// The table of live forecasts: redrawn in place on a terminal, printed now and then elsewhere.
final class LiveTable {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("EEE d MMM HH:mm", Locale.ENGLISH);
    private static final long PLAIN_EVERY_NANOS = 10_000_000_000L;
    private static final String UP = "\r\u001b[%dA";
    private static final String CLEAR_TO_END = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";
    private static final int MAX_ROWS = 12;
    private static final int AROUND_ROWS = 4; // two lines above the rows, the cursor's line and a free one
    private static final int NARROWEST_FIGURE = 7;
    private static final int NARROWEST_NAME = 6;
    private static final int WIDEST_NAME = 16;

    private final SensorNetwork network;
    private final List<String> sensors;
    private final PrintWriter out;
    private final Screen screen;
    private final int[] steps;
    private int drawn;
    private long shownSlot = Long.MIN_VALUE;
    private long shownNanos = System.nanoTime() - PLAIN_EVERY_NANOS;

    /// What the table is shown on.
    ///
    /// @param redraws true when lines can be redrawn in place
    /// @param columns as of now
    /// @param rows    as of now
    record Screen(boolean redraws, IntSupplier columns, IntSupplier rows) {}

    /// @param sensors all sensors; the table shows as many as fit
    LiveTable(SensorNetwork network, List<String> sensors, PrintWriter out, Screen screen) {
        this.network = network;
        this.sensors = sensors;
        this.out = out;
        this.screen = screen;
        this.steps = ErrorTable.shownSteps(network.window().horizon());
    }

    /// Shows the newest slot that has all its forecasts, if it was not shown yet. Without a terminal, at most
    /// every ten seconds.
    void show(LiveScore score) {
        List<String> shown = spread();
        long slot = score.newestComplete(shown);
        boolean due = screen.redraws() || System.nanoTime() - shownNanos >= PLAIN_EVERY_NANOS;
        if (slot <= shownSlot || !due || !isScored(score, shown, slot)) {
            return;
        }
        draw(lines(score, shown, slot));
        shownSlot = slot;
        shownNanos = System.nanoTime();
    }

    /// False for the very first forecasts: they have no truth yet, and half of the columns would be dashes.
    private static boolean isScored(LiveScore score, List<String> shown, long slot) {
        return shown.stream()
                .anyMatch(sensor -> !Double.isNaN(score.row(sensor, slot).mae()));
    }

    /// Writes all lines at once, so that no half-drawn table is visible.
    private void draw(List<String> lines) {
        StringBuilder frame = new StringBuilder();
        if (screen.redraws() && drawn > 0) {
            frame.append(String.format(Locale.ROOT, UP, drawn));
        }
        for (String line : lines) {
            frame.append(line).append(screen.redraws() ? CLEAR_TO_END : "").append(System.lineSeparator());
        }
        out.print(frame.append(screen.redraws() ? CLEAR_BELOW : ""));
        out.flush();
        drawn = lines.size();
    }

    /// Sensors spread over the network, as many as fit on the terminal.
    private List<String> spread() {
        int room = screen.redraws() ? Math.max(1, screen.rows().getAsInt() - AROUND_ROWS) : MAX_ROWS;
        int rows = Math.min(Math.min(MAX_ROWS, room), sensors.size());
        return IntStream.range(0, rows)
                .mapToObj(row -> sensors.get((int) ((long) row * sensors.size() / rows)))
                .toList();
    }

    private List<String> lines(LiveScore score, List<String> shown, long slot) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(heads());
        shown.forEach(sensor -> rows.add(cells(score.row(sensor, slot))));
        int[] widths = widths(rows);
        ZonedDateTime time = network.clock().start(slot).atZone(network.zone());
        List<String> lines = new ArrayList<>();
        lines.add(shortened(
                CLOCK.format(time) + "   " + network.title() + ", all in "
                        + network.targetMeasure().unit(),
                screen.columns().getAsInt() - 1));
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines;
    }

    private List<String> heads() {
        List<String> heads = new ArrayList<>(List.of("sensor", "now"));
        Words.times(network.minutes(steps[0]), network.minutes(steps[1]), network.minutes(steps[2]))
                .forEach(lead -> heads.add("+" + lead));
        heads.addAll(List.of("MAE so far", "persistence"));
        return heads;
    }

    private List<String> cells(LiveScore.Row row) {
        List<String> cells = new ArrayList<>();
        cells.add(shortened(row.sensor(), WIDEST_NAME));
        cells.add(Float.isNaN(row.now()) ? "missing" : number(row.now(), 1));
        for (int step : steps) {
            cells.add(row.forecast().length == 0 ? "-" : number(row.forecast()[step - 1], 1));
        }
        cells.add(number(row.mae(), 2));
        cells.add(number(row.persistence(), 2));
        return cells;
    }

    private static int[] widths(List<List<String>> rows) {
        return IntStream.range(0, rows.getFirst().size())
                .map(column -> Math.max(
                        column == 0 ? NARROWEST_NAME : NARROWEST_FIGURE,
                        rows.stream()
                                .mapToInt(row -> row.get(column).length())
                                .max()
                                .orElse(0)))
                .toArray();
    }

    /// Columns that don't fit are left out, the last ones first.
    private String line(List<String> row, int[] widths) {
        int most = screen.columns().getAsInt() - 1;
        StringBuilder line = new StringBuilder(String.format("%-" + widths[0] + "s", row.getFirst()));
        for (int column = 1; column < row.size() && line.length() + 1 + widths[column] <= most; column++) {
            line.append(String.format(" %" + widths[column] + "s", row.get(column)));
        }
        return shortened(line.toString(), most);
    }

    private static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, Math.max(0, most));
    }

    private static String number(double value, int decimals) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
