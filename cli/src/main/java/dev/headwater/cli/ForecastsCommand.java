package dev.headwater.cli;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.ForecastCodec;
import dev.headwater.bus.NewestForecasts;
import dev.headwater.bus.TopicReader;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.Words;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.Suggestion;
import dev.headwater.ingest.terminal.Stopping;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;
import org.apache.kafka.common.errors.InterruptException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Shows what the stream forecasts.
@Command(
        name = "forecasts",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Show the newest forecast of each sensor on the forecasts topic of the network.",
            "With --follow, continue with each new one until Ctrl-C; --json then prints an" + " object per line."
        },
        footer = {
            "",
            "Examples:",
            "  headwater forecasts --network pems-bay",
            "  headwater forecasts --network pems-bay --sensor 400001,400017 --follow",
            "  headwater forecasts --network pems-bay --json"
        })
final class ForecastsCommand implements Runnable {

    @Mixin
    private NetworkOption network = new NetworkOption();

    @Option(
            names = "--sensor",
            split = ",",
            paramLabel = "ID",
            description = "Only these sensors, separated by commas; default: all.")
    private List<String> sensors = new ArrayList<>();

    @Option(names = "--follow", description = "Continue with each new forecast until Ctrl-C.")
    private boolean follow;

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private Answer answer = new Answer();

    /// What `forecasts --json` prints.
    ///
    /// @param forecasts by sensor, each as it is on the topic
    record Listing(String network, List<JsonNode> forecasts) {

        static Listing of(SensorNetwork network, Collection<Forecast> forecasts) {
            ForecastCodec codec = new ForecastCodec(network);
            return new Listing(
                    network.name(),
                    forecasts.stream()
                            .map(one -> JsonMapper.shared().readTree(codec.encode(one)))
                            .toList());
        }
    }

    @Override
    public void run() {
        SensorNetwork definition = network.load();
        ClientConfig client = kafka.client();
        String topic = Topics.of(definition).forecasts();
        NewestForecasts newest = new NewestForecasts(definition);
        try (TopicReader reader = TopicReader.open(client, topic)) {
            readAll(reader, newest);
            requireForecasts(definition, newest, topic + " at " + client.bootstrapServers());
            long told = 0;
            if (answer.isJson() && !follow) {
                answer.print(Listing.of(definition, newest.of(sensors)), out -> {});
            } else {
                Consumer<Forecast> line = lines(definition);
                newest.of(sensors).forEach(line);
                answer.out().flush();
                if (follow) {
                    told = tellLeftOut(newest, topic, told);
                    goOn(reader, newest, line);
                }
            }
            tellLeftOut(newest, topic, told);
        }
    }

    private static void readAll(TopicReader reader, NewestForecasts newest) {
        long size = reader.size();
        if (size == 0) {
            return;
        }
        try (ProgressBar bar = Output.bar("read", size, " records")) {
            reader.drain(record -> {
                newest.take(record);
                bar.step();
            });
            bar.stepTo(bar.getMax()); // some offsets hold no record: ends of transactions
        }
    }

    private void requireForecasts(SensorNetwork definition, NewestForecasts newest, String where) {
        if (newest.sensors().isEmpty()) {
            missing("no forecasts yet on " + where + "; `headwater serve` makes them; " + first(definition));
            return;
        }
        for (String sensor : sensors) {
            if (!newest.sensors().contains(sensor)) {
                missing("--sensor " + sensor + ": no forecast of it on " + where
                        + Suggestion.of(sensor, newest.sensors()));
            }
        }
    }

    /// With `--follow`, the command waits for the topic or its first forecast.
    private void missing(String fault) {
        if (!follow) {
            throw new InvalidInputException(fault);
        }
        answer.tell(fault);
    }

    private static String first(SensorNetwork network) {
        int span = network.window().span();
        return "the first comes after the lookback, " + span + " readings per sensor = "
                + Words.time(span * network.interval().toMillis() / 60_000.0) + " of event time";
    }

    /// Prints a forecast as one line, of JSON or of a table whose head it prints first.
    private Consumer<Forecast> lines(SensorNetwork definition) {
        PrintWriter out = answer.out();
        if (answer.isJson()) {
            ForecastCodec codec = new ForecastCodec(definition);
            return one -> out.println(new String(codec.encode(one), StandardCharsets.UTF_8));
        }
        ForecastTable table = new ForecastTable(definition);
        table.head().forEach(out::println);
        return one -> out.println(table.row(one));
    }

    /// Ends on Ctrl-C, and when nobody reads the output any more.
    private void goOn(TopicReader reader, NewestForecasts newest, Consumer<Forecast> line) {
        try (Stopping stopping = Stopping.interrupting()) {
            while (!stopping.isAsked() && !answer.out().checkError()) {
                reader.poll()
                        .forEach(record -> newest.take(record)
                                .filter(one -> sensors.isEmpty() || sensors.contains(one.sensor()))
                                .ifPresent(line));
            }
        } catch (InterruptException e) {
            Thread.interrupted(); // clears the flag: Ctrl-C ended the loop in order
        }
    }

    /// @param told number of skipped records already reported
    /// @return number of skipped records reported now
    private long tellLeftOut(NewestForecasts newest, String topic, long told) {
        if (newest.leftOut() > told) {
            answer.tell(topic + ": records left out that are no forecasts of this network: " + newest.leftOut()
                    + ", the last one " + newest.lastFault());
        }
        return newest.leftOut();
    }
}
