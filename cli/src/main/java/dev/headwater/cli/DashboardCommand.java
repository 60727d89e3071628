package dev.headwater.cli;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.Topics;
import dev.headwater.dashboard.Dashboard;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.Sensor;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.ingest.reader.DatasetReader;
import dev.headwater.ingest.replay.Playback;
import dev.headwater.ingest.replay.ReplayOptions;
import dev.headwater.ingest.replay.Replayer;
import dev.headwater.ingest.replay.SeriesSource;
import dev.headwater.ingest.replay.Speed;
import dev.headwater.ingest.simulator.CitySimulator;
import dev.headwater.ingest.simulator.SimulatedSensor;
import dev.headwater.ingest.terminal.Stopping;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Serves the page.
@Command(
        name = "dashboard",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Serve a web page that shows readings, forecasts and their accuracy, from the topics alone, until Ctrl-C.",
            "With --from, also send a file's readings to the topic; the page then has controls for pause and speed."
        },
        footer = {
            "",
            "Examples:",
            "  headwater dashboard --network pems-bay --places graph_sensor_locations_bay.csv",
            "  headwater dashboard --network pems-bay,jena --bootstrap kafka:9092 --port 8080",
            "  headwater dashboard --network pems-bay --from pems-bay.h5 --start 2017-06-01 --speed 600x"
        })
final class DashboardCommand implements Runnable {

    @Mixin
    private Console console = new Console();

    @Option(
            names = "--network",
            required = true,
            split = ",",
            paramLabel = "NAME|FILE",
            completionCandidates = NetworkOption.Shipped.class,
            description = "Networks to show, separated by commas. " + NetworkOption.Shipped.DESCRIPTION)
    private List<String> networks = List.of();

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private PageOptions page = new PageOptions();

    @Option(
            names = "--from",
            paramLabel = "FILE",
            description = "Send these readings (.h5, .csv[.gz], .npz) to the topic of the first network.")
    private @Nullable Path from;

    @Option(
            names = "--speed",
            defaultValue = "300x",
            paramLabel = "Nx|max",
            converter = SpeedConverter.class,
            description = "Speed of the file's readings to begin with, times real time; default: ${DEFAULT-VALUE}.")
    private Speed speed = new Speed(300);

    @Option(names = "--start", paramLabel = "TIME", description = "First time of the file to send.")
    private @Nullable String start;

    @Option(names = "--end", paramLabel = "TIME", description = "Time of the file to stop at, exclusive.")
    private @Nullable String end;

    @Override
    public void run() {
        List<SensorNetwork> shown =
                networks.stream().map(NetworkFile::load).map(this::placed).toList();
        if (from == null) {
            serve(shown);
        } else {
            replay(shown, from);
        }
    }

    /// Those of the simulated city are known: it is the same wherever it is made.
    private SensorNetwork placed(SensorNetwork network) {
        List<Sensor> known = network.name().equals("simulated-city")
                ? new CitySimulator(network, IngestCommand.DEFAULT_SENSORS, IngestCommand.DEFAULT_SEED)
                        .sensors().stream().map(SimulatedSensor::sensor).toList()
                : List.of();
        return page.placed(network, known);
    }

    private void serve(List<SensorNetwork> shown) {
        try (Dashboard dashboard = page.start(kafka.client(), shown, null);
                Stopping stopping = Stopping.onSignal()) {
            tell(dashboard);
            stopping.await();
        }
    }

    private void replay(List<SensorNetwork> shown, Path file) {
        SensorNetwork network = shown.getFirst();
        SeriesSource source = new SeriesSource(DatasetReader.read(file, network).series());
        Playback playback = new Playback(source, options(network));
        ClientConfig client = kafka.client();
        TopicAdmin.ensure(client, Topics.of(network).specs(kafka.partitions()));
        try (Dashboard dashboard = page.start(client, shown, new PlaybackControl(network, playback));
                Stopping ignored = Stopping.interrupting()) {
            tell(dashboard);
            new Replayer(client).replay(source, playback, (sensor, slot, values) -> {});
            if (!Thread.currentThread().isInterrupted()) {
                console.tell("all readings are sent; the page stays until Ctrl-C");
            }
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            // Ctrl-C
        }
    }

    private ReplayOptions options(SensorNetwork network) {
        try {
            return ReplayOptions.all(speed).between(start, end, network).withProgress(ReplayOptions.Progress.NEVER);
        } catch (InvalidInputException e) {
            throw console.wrong("--" + e.getMessage());
        }
    }

    private void tell(Dashboard dashboard) {
        console.out().println("dashboard at " + dashboard.address() + ", Ctrl-C stops it");
        console.out().flush();
    }
}
