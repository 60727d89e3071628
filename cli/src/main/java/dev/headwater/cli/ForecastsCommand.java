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
import me.tongfei.progressbar.ProgressBar;
import org.apache.kafka.common.errors.InterruptException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Shows what the stream forecasts.
@Command(
        name = "forecasts",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Show the newest forecast of each sensor on the network's forecasts topic.",
            "With --follow, go on with each new one until Ctrl-C."
        },
        footer = {
            "",
            "Examples:",
            "  headwater forecasts --network pems-bay",
            "  headwater forecasts --network pems-bay --sensor 400001,400017 --follow",
            "  headwater forecasts --network pems-bay --json"
        })
final class ForecastsCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private NetworkOption network = new NetworkOption();

    @Option(
            names = "--sensor",
            split = ",",
            paramLabel = "ID",
            description = "Only these sensors, separated by commas; default: all.")
    private List<String> sensors = new ArrayList<>();

    @Option(names = "--follow", description = "Go on with each new forecast until Ctrl-C.")
    private boolean follow;

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Option(
            names = "--json",
            description = "Print one JSON object and nothing else; with --follow, one per forecast, each on a line.")
    private boolean json;

    /// What `forecasts --json` prints.
    ///
    /// @param forecasts by sensor, each as it is on the topic
    record Listing(String network, List<JsonNode> forecasts) {}

    @Override
    public void run() {
        SensorNetwork definition = network.load();
        ClientConfig client = kafka.client();
        String topic = Topics.of(definition).forecasts();
        NewestForecasts newest = new NewestForecasts(definition);
        try (TopicReader reader = TopicReader.open(client, topic)) {
            readAll(reader, newest);
            requireForecasts(definition, newest, topic + " at " + client.bootstrapServers());
            show(definition, newest.of(sensors));
            tellLeftOut(newest, topic);
            if (follow) {
                long told = newest.leftOut();
                goOn(definition, reader, newest);
                if (newest.leftOut() > told) {
                    tellLeftOut(newest, topic);
                }
            }
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
            bar.stepTo(bar.getMax()); // offsets that hold no record, ends of transactions, are passed over
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

    /// Who follows waits for it.
    private void missing(String fault) {
        if (!follow) {
            throw new InvalidInputException(fault);
        }
        tell(fault);
    }

    private static String first(SensorNetwork network) {
        int span = network.window().span();
        return "the first comes after the lookback, " + span + " readings per sensor = "
                + Words.time(span * network.interval().toMillis() / 60_000.0) + " of event time";
    }

    private void show(SensorNetwork definition, Collection<Forecast> forecasts) {
        PrintWriter out = spec.commandLine().getOut();
        ForecastCodec codec = new ForecastCodec(definition);
        if (json && !follow) {
            JsonMapper mapper = JsonMapper.shared();
            List<JsonNode> rows = forecasts.stream()
                    .map(one -> mapper.readTree(codec.encode(one)))
                    .toList();
            Output.json(spec, new Listing(definition.name(), rows));
            return;
        }
        ForecastTable table = new ForecastTable(definition);
        if (!json) {
            table.head().forEach(out::println);
        }
        forecasts.forEach(one -> print(out, table, codec, one));
        out.flush();
    }

    private void print(PrintWriter out, ForecastTable table, ForecastCodec codec, Forecast forecast) {
        out.println(json ? new String(codec.encode(forecast), StandardCharsets.UTF_8) : table.row(forecast));
    }

    /// Ends on Ctrl-C, and when nobody reads the output any more.
    private void goOn(SensorNetwork definition, TopicReader reader, NewestForecasts newest) {
        PrintWriter out = spec.commandLine().getOut();
        ForecastTable table = new ForecastTable(definition);
        ForecastCodec codec = new ForecastCodec(definition);
        try (Stopping stopping = Stopping.interrupting()) {
            while (!stopping.isAsked() && !out.checkError()) {
                reader.poll()
                        .forEach(record -> newest.take(record)
                                .filter(one -> sensors.isEmpty() || sensors.contains(one.sensor()))
                                .ifPresent(one -> print(out, table, codec, one)));
            }
        } catch (InterruptException e) {
            Thread.interrupted(); // Ctrl-C has done what it was for
        }
    }

    private void tellLeftOut(NewestForecasts newest, String topic) {
        if (newest.leftOut() > 0) {
            tell(topic + ": records left out that are no forecasts of this network: " + newest.leftOut()
                    + ", the last one " + newest.lastFault());
        }
    }

    private void tell(String line) {
        spec.commandLine().getErr().println("headwater: " + line);
        spec.commandLine().getErr().flush();
    }
}
