package dev.headwater.cli;

import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.Printable;
import dev.headwater.forecasting.Words;
import dev.headwater.forecasting.evaluation.ErrorTable;
import dev.headwater.forecasting.network.SensorNetwork;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Forecasts as lines of a table of at most 80 columns: a quarter, half and all of the horizon.
final class ForecastTable {

    private static final int WIDTH = 80;
    private static final int SENSOR = 11;
    private static final int STEP = 9;
    private static final double BIGGEST_PLAIN = 1e7;
    private static final int DIGITS = 4;

    private final SensorNetwork network;
    private final List<Integer> steps;
    private final DateTimeFormatter clock;

    ForecastTable(SensorNetwork network) {
        this.network = network;
        this.steps = IntStream.of(ErrorTable.shownSteps(network.window().horizon()))
                .boxed()
                .toList();
        boolean wholeMinutes =
                network.interval().toMillis() % Duration.ofMinutes(1).toMillis() == 0;
        this.clock = DateTimeFormatter.ofPattern(wholeMinutes ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd HH:mm:ss.SSS")
                .withZone(network.zone());
    }

    /// Title of the table, and the names of the columns.
    List<String> head() {
        String what = network.name() + ": " + network.target() + " in "
                + network.targetMeasure().unit() + ", by the clock of " + network.zone();
        List<String> leads = Words.times(
                        steps.stream().mapToDouble(network::minutes).toArray())
                .stream()
                .map(lead -> "+" + lead)
                .toList();
        String issued = pad("issued at", clock.format(Instant.EPOCH).length());
        return List.of(Printable.shortened(what, WIDTH), line("sensor", issued, columns(leads), "observed", "model"));
    }

    String row(Forecast forecast) {
        String values = forecast.abstained()
                ? String.format(Locale.ROOT, "%" + STEP * steps.size() + "s", "abstained")
                : columns(steps.stream()
                        .map(step -> number(forecast.values()[step - 1]))
                        .toList());
        return line(
                Printable.shortened(forecast.sensor(), SENSOR),
                clock.format(Instant.ofEpochMilli(forecast.issuedAt())),
                values,
                forecast.observed() + "/" + forecast.lookback(),
                forecast.model());
    }

    private static String columns(List<String> values) {
        return values.stream()
                .map(value -> String.format(Locale.ROOT, "%" + STEP + "s", value))
                .collect(Collectors.joining());
    }

    private static String line(String sensor, String issued, String values, String observed, String model) {
        String line = String.format(Locale.ROOT, "%s %s%s %8s  ", pad(sensor, SENSOR), issued, values, observed);
        return line + Printable.shortened(model, WIDTH - line.length());
    }

    private static String pad(String text, int width) {
        return String.format(Locale.ROOT, "%-" + width + "s", text);
    }

    /// Four digits or all before the point: measures differ from 0.05 kW to 1200 g/m3.
    private static String number(float value) {
        double size = Math.abs(value);
        if (Double.isNaN(size)) {
            return "-";
        }
        if (size >= BIGGEST_PLAIN) {
            return String.format(Locale.ROOT, "%.2e", value);
        }
        int before = size < 1 ? 1 : (int) Math.log10(size) + 1;
        return String.format(Locale.ROOT, "%." + Math.max(0, DIGITS - before) + "f", value);
    }
}
