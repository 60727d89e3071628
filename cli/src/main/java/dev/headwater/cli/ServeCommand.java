package dev.headwater.cli;

import dev.headwater.bus.Limits;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.ingest.terminal.Stopping;
import dev.headwater.streams.Failover;
import dev.headwater.streams.Guarantee;
import dev.headwater.streams.HealthEndpoints;
import dev.headwater.streams.Pace;
import dev.headwater.streams.ServedModel;
import dev.headwater.streams.StartingModel;
import dev.headwater.streams.StreamService;
import dev.headwater.streams.StreamSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Runs the Kafka Streams app.
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description =
                "Turn readings on Kafka into forecasts on Kafka until Ctrl-C; /metrics, /livez, /readyz over HTTP.",
        footer = {
            "",
            "Without a local model it waits for the first one that is published.",
            "",
            "Examples:",
            "  headwater serve --network pems-bay --bootstrap localhost:9092",
            "  headwater serve --network pems-bay --model models/pems-bay/latest",
            "  headwater serve --network pems-bay --guarantee exactly-once"
        })
final class ServeCommand implements Runnable {

    @Mixin
    private Console console = new Console();

    @Mixin
    private NetworkOption network = new NetworkOption();

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Option(
            names = "--model",
            paramLabel = "PATH",
            description =
                    "The model to start with; default: models/NETWORK/champion, else models/NETWORK/latest, if there is"
                            + " one. A model on " + Topics.MODELS + " wins over it, also one that is published later.")
    private @Nullable Path model;

    @Option(
            names = "--guarantee",
            defaultValue = "at-least-once",
            converter = WordConverter.OfGuarantee.class,
            description = "at-least-once or exactly-once; default: ${DEFAULT-VALUE}.")
    private Guarantee guarantee = Guarantee.AT_LEAST_ONCE;

    @Option(names = "--application-id", paramLabel = "ID", description = "Consumer group; default: headwater-NETWORK.")
    private @Nullable String applicationId;

    @Option(
            names = "--threads",
            defaultValue = "1",
            description = "Stream threads, at most one per partition works; default: ${DEFAULT-VALUE}.")
    private int threads = 1;

    @Option(
            names = "--session-timeout",
            defaultValue = "6s",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "Silence after which another instance takes over; default: ${DEFAULT-VALUE}, the least that a"
                    + " stock broker takes (group.min.session.timeout.ms). 2s where the brokers allow it.")
    private Duration sessionTimeout = Failover.DEFAULT_SESSION;

    @Option(
            names = "--transaction-timeout",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "Exactly once, time after which a dead instance's transaction ends and its forecasts can be"
                    + " read again; default: half as long again as the session's. Much less lets a broker's restart"
                    + " end those of the living.")
    private @Nullable Duration transactionTimeout;

    @Option(
            names = "--standbys",
            defaultValue = "" + Failover.DEFAULT_STANDBYS,
            paramLabel = "N",
            description = "Other instances that keep a copy of each window; default: ${DEFAULT-VALUE}.")
    private int standbys = Failover.DEFAULT_STANDBYS;

    @Option(
            names = "--instance-id",
            paramLabel = "ID",
            description =
                    "A name that stays with this instance: restarted within the session timeout it moves nothing, but"
                            + " after an orderly stop too its sensors wait that long for another. When a second one"
                            + " starts with it, the older ends with code 1.")
    private @Nullable String instanceId;

    @Option(
            names = "--max-ahead",
            paramLabel = "TIME|off",
            converter = AheadConverter.class,
            description = "Event time further ahead of the clock is refused; off: any time, for simulations that run"
                    + " faster than the clock. Default: " + Limits.INTERVALS
                    + " intervals of the network, 1m at least.")
    private Limits.Ahead maxAhead = Limits.DEFAULT.ahead();

    @Option(
            names = "--silent-after",
            defaultValue = "0",
            paramLabel = "SLOTS",
            description = "Slots behind the others after which a sensor counts as silent; 0 = the lookback.")
    private int silentAfter;

    @Option(
            names = "--batch-size",
            defaultValue = "" + Pace.DEFAULT_BATCH_SIZE,
            paramLabel = "N",
            description = "Most windows forecast together; default: ${DEFAULT-VALUE}.")
    private int batchSize = Pace.DEFAULT_BATCH_SIZE;

    @Option(
            names = "--batch-delay",
            defaultValue = "5ms",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "Longest time that a reading waits for others; default: ${DEFAULT-VALUE}.")
    private Duration batchDelay = Pace.DEFAULT_BATCH_DELAY;

    @Option(
            names = "--commit-interval",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "Time between commits; default: 1s at least once, where it bounds what a crash repeats, 100ms"
                    + " exactly once, where forecasts wait for it.")
    private @Nullable Duration commitInterval;

    @Option(
            names = "--data-dir",
            defaultValue = "data",
            paramLabel = "DIR",
            description = "Where local state is kept; default: ./${DEFAULT-VALUE}.")
    private Path dataDir = Path.of("data");

    @Option(
            names = "--metrics-host",
            defaultValue = HealthEndpoints.DEFAULT_HOST,
            description = "Address for /metrics and the probes; default: ${DEFAULT-VALUE}, this machine alone.")
    private String metricsHost = HealthEndpoints.DEFAULT_HOST;

    @Option(
            names = "--metrics-port",
            defaultValue = "" + HealthEndpoints.DEFAULT_PORT,
            description = "Port for them, 0 = any; default: ${DEFAULT-VALUE}.")
    private int metricsPort;

    @Override
    public void run() {
        SensorNetwork definition = network.load();
        ServedModel starting = StartingModel.of(model, definition);
        StreamService service = StreamService.prepare(definition, kafka.partitions(), starting, settings(definition));
        try (Stopping stopping = Stopping.onSignal()) {
            service.run(
                    new StreamService.Endpoints(metricsHost, metricsPort),
                    stopping::await,
                    (served, port) -> tell(definition, served, port),
                    console::tell);
        }
    }

    private void tell(SensorNetwork definition, ServedModel served, int port) {
        PrintWriter out = console.out();
        out.printf(
                Locale.ROOT,
                "serving %s with %s, %s; metrics at http://%s:%d/metrics, Ctrl-C stops it%n",
                definition.name(),
                served.id(),
                guarantee.word(),
                metricsHost,
                port);
        out.flush();
    }

    StreamSettings settings(SensorNetwork definition) {
        String id = applicationId == null ? StreamSettings.defaultApplicationId(definition.name()) : applicationId;
        if (threads < 1) {
            throw console.wrong("--threads: must be at least 1, found " + threads);
        }
        Duration transaction =
                transactionTimeout == null ? Failover.transactionTimeout(sessionTimeout) : transactionTimeout;
        return new StreamSettings(
                kafka.client(),
                id,
                dataDir.resolve("streams"),
                guarantee,
                threads,
                new Pace(batchSize, batchDelay, commitInterval == null ? guarantee.commitInterval() : commitInterval),
                new Failover(sessionTimeout, transaction, standbys, instanceId),
                new Limits(maxAhead, silentAfter));
    }

    SensorNetwork definition() {
        return network.load();
    }
}
