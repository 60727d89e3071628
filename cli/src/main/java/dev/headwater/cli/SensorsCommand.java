package dev.headwater.cli;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.Printable;
import dev.headwater.forecasting.Words;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.streams.HealthEndpoints;
import dev.headwater.streams.sensors.RecentError;
import dev.headwater.streams.sensors.SensorList;
import dev.headwater.streams.sensors.SensorOrder;
import dev.headwater.streams.sensors.SensorQuery;
import dev.headwater.streams.sensors.SensorSummary;
import dev.headwater.streams.sensors.SensorsClient;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Shows what a running stream knows of its sensors.
@Command(
        name = "sensors",
        mixinStandardHelpOptions = true,
        description = "Ask a running `headwater serve` for its sensors, and show them as a table.",
        footer = {
            "",
            "Examples:",
            "  headwater sensors --network pems-bay",
            "  headwater sensors --network pems-bay --sort worst --limit 10"
        })
final class SensorsCommand implements Callable<Integer> {

    private static final String ROW = "%-20s %-19s %-6s %8s %11s %8s  %s%n";
    private static final int ID = 20;

    @Mixin
    private NetworkOption network = new NetworkOption();

    @Option(
            names = "--url",
            defaultValue = "http://" + HealthEndpoints.DEFAULT_HOST + ":" + HealthEndpoints.DEFAULT_PORT,
            paramLabel = "URL",
            description = "The endpoints of the stream; default: ${DEFAULT-VALUE}.")
    private String url = "";

    @Option(
            names = "--sort",
            defaultValue = "id",
            converter = WordConverter.OfSensorOrder.class,
            description = "What comes first: id; silent (no reading for the longest time); error (the largest"
                    + " error of late); worst (the largest in relation to persistence); default:"
                    + " ${DEFAULT-VALUE}.")
    private SensorOrder sort = SensorOrder.ID;

    @Option(
            names = "--limit",
            defaultValue = "" + SensorQuery.DEFAULT_LIMIT,
            paramLabel = "N",
            description = "Most sensors to show, up to " + SensorQuery.MAX_LIMIT + "; default: ${DEFAULT-VALUE}.")
    private int limit = SensorQuery.DEFAULT_LIMIT;

    @Mixin
    private Answer answer = new Answer();

    @Override
    public Integer call() throws InterruptedException {
        if (limit < 1 || limit > SensorQuery.MAX_LIMIT) {
            throw answer.wrong("--limit: must be from 1 to " + SensorQuery.MAX_LIMIT + ", found " + limit);
        }
        SensorNetwork definition = network.load();
        SensorList list = new SensorsClient(url).list(sort, limit);
        if (!list.network().equals(definition.name())) {
            throw new InvalidInputException(
                    url + ": serves the network " + list.network() + ", not " + definition.name());
        }
        answer.print(list, out -> print(out, list, definition));
        return 0;
    }

    private static void print(PrintWriter out, SensorList list, SensorNetwork network) {
        DateTimeFormatter clock =
                DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(network.zone());
        out.printf(ROW, "sensor", "newest reading", "window", "MAE", "persistence", "coverage", "");
        list.sensors().forEach(sensor -> printRow(out, sensor, clock));
        out.printf(
                "%d of %s, by the clock of %s%n",
                list.sensors().size(), Words.count(list.known(), "sensor"), network.zone());
        List<String> others = list.instances().stream()
                .filter(one -> !one.equals(list.instance()))
                .toList();
        if (!others.isEmpty()) {
            out.printf("more sensors are on %s%n", String.join(", ", others));
        }
    }

    private static void printRow(PrintWriter out, SensorSummary sensor, DateTimeFormatter clock) {
        RecentError error = sensor.error();
        out.printf(
                Locale.ROOT,
                ROW,
                Printable.shortened(sensor.sensor(), ID),
                clock.format(Instant.parse(sensor.newest())),
                sensor.ready() ? "full" : "fills",
                error == null ? "-" : Output.figure(error.mae()),
                error == null ? "-" : Output.figure(error.persistence()),
                error == null || error.coverage().isEmpty()
                        ? "-"
                        : coverage(error.coverage().getFirst()),
                sensor.drifting() ? "drifts" : "");
    }

    private static String coverage(RecentError.Coverage level) {
        return String.format(Locale.ROOT, "%.0f/%.0f%%", 100 * level.share(), 100 * level.level());
    }
}
