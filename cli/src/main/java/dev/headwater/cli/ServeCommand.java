package dev.headwater.cli;

import dev.headwater.bus.Limits;
import dev.headwater.bus.Topics;
import dev.headwater.bus.ValueFormat;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.ingest.terminal.Stopping;
import dev.headwater.streams.Failover;
import dev.headwater.streams.Guarantee;
import dev.headwater.streams.HealthEndpoints;
import dev.headwater.streams.HostPort;
import dev.headwater.streams.Pace;
import dev.headwater.streams.PastPolicy;
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
                "Turn readings on Kafka into forecasts on Kafka until Ctrl-C; /metrics, /livez, /readyz, /sensors over HTTP.",
        footer = {
            "",
            "Without a local model, serve waits until one is published.",
            "",
            "Examples:",
            "  headwater serve --network pems-bay --bootstrap localhost:9092",
            "  headwater serve --network pems-bay --model models/pems-bay/latest",
            "  headwater serve --network pems-bay --guarantee exactly-once",
            "  headwater serve --network pems-bay --backfill warm"
        })
final class ServeCommand implements Runnable {

    @Mixin
    private Console console = new Console();

    @Mixin
    private NetworkOption network = new NetworkOption();

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private StateOptions state = new StateOptions();

    @Option(
            names = "--model",
            paramLabel = "PATH",
            description = "The model to start with; default: models/NETWORK/champion, else"
                    + " models/NETWORK/latest, if there is one. A model on " + Topics.MODELS
                    + " takes precedence, also one that is published later.")
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
            description = "Stream threads; more than one per partition stay idle; default: ${DEFAULT-VALUE}.")
    private int threads = 1;

    @Option(
            names = "--backfill",
            defaultValue = "issue",
            converter = WordConverter.OfPast.class,
            paramLabel = "issue|warm",
            description = "What becomes of readings that are on the topic before the first start: issue (their"
                    + " forecasts are issued) or warm (they only fill windows and profiles); default:"
                    + " ${DEFAULT-VALUE}.")
    private PastPolicy past = PastPolicy.ISSUE;

    @Option(
            names = "--forecast-format",
            defaultValue = "json",
            paramLabel = "json|binary",
            description = "Form of the forecasts on their topic; binary takes less of Kafka and of the processor, and"
                    + " every reader must know it; default: ${DEFAULT-VALUE}.")
    private ValueFormat forecastFormat = ValueFormat.JSON;

    @Option(
            names = "--session-timeout",
            defaultValue = "6s",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "Another instance takes over after this long without a heartbeat; default:"
                    + " ${DEFAULT-VALUE}, the shortest that brokers accept by default"
                    + " (group.min.session.timeout.ms). 2s where the brokers allow it.")
    private Duration sessionTimeout = Failover.DEFAULT_SESSION;

    @Option(
            names = "--transaction-timeout",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "With exactly-once: Kafka aborts a dead instance's transaction after this long, and"
                    + " readers see newer forecasts again; default: 1.5 times the session timeout. Much"
                    + " shorter ones also abort transactions of live instances while a broker restarts.")
    private @Nullable Duration transactionTimeout;

    @Option(
            names = "--standbys",
            defaultValue = "" + Failover.DEFAULT_STANDBYS,
            paramLabel = "N",
            description = "Other instances that keep a copy of the state; default: ${DEFAULT-VALUE}.")
    private int standbys = Failover.DEFAULT_STANDBYS;

    @Option(
            names = "--instance-id",
            paramLabel = "ID",
            description = "A fixed name of this instance: a restart within the session timeout moves no"
                    + " partitions. In return, its partitions wait that long for another instance also"
                    + " after an orderly stop. When a second instance starts with the same name, the older"
                    + " one ends with code 1.")
    private @Nullable String instanceId;

    @Option(
            names = "--max-ahead",
            paramLabel = "TIME|off",
            converter = AheadConverter.class,
            description = "Refuse event times further ahead of the clock than this; off: accept any, for"
                    + " simulations that run faster than the clock. Default: " + Limits.INTERVALS
                    + " intervals of the network, at least 1m.")
    private Limits.Ahead maxAhead = Limits.DEFAULT.ahead();

    @Option(
            names = "--silent-after",
            defaultValue = "0",
            paramLabel = "SLOTS",
            description =
                    "A sensor counts as silent when it is this many slots behind the others; 0 = the" + " lookback.")
    private int silentAfter;

    @Option(
            names = "--batch-size",
            defaultValue = "" + Pace.DEFAULT_BATCH_SIZE,
            paramLabel = "N",
            description = "Maximum number of windows in a batch; default: ${DEFAULT-VALUE}.")
    private int batchSize = Pace.DEFAULT_BATCH_SIZE;

    @Option(
            names = "--batch-delay",
            defaultValue = "5ms",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "Maximum time that a reading waits for the batch to fill; default: ${DEFAULT-VALUE}.")
    private Duration batchDelay = Pace.DEFAULT_BATCH_DELAY;

    @Option(
            names = "--commit-interval",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "Time between commits; default: 1s with at-least-once, where it limits what is"
                    + " repeated after a crash, 100ms with exactly-once, where forecasts become visible at"
                    + " a commit; while they are few, after a quarter of that.")
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
            description =
                    "Address for /metrics, /sensors and the probes; default: ${DEFAULT-VALUE}, reachable from this"
                            + " machine only.")
    private String metricsHost = HealthEndpoints.DEFAULT_HOST;

    @Option(
            names = "--metrics-port",
            defaultValue = "" + HealthEndpoints.DEFAULT_PORT,
            description = "Port for /metrics, /sensors and the probes, 0 = any; default: ${DEFAULT-VALUE}.")
    private int metricsPort;

    @Option(
            names = "--advertise",
            paramLabel = "HOST:PORT",
            converter = AddressConverter.class,
            description = "Where other instances reach /sensors of this one; default: the address of the"
                    + " endpoints, unless it is a loopback address.")
    private @Nullable HostPort advertised;

    @Override
    public void run() {
        SensorNetwork definition = network.load();
        ServedModel starting = StartingModel.of(model, definition);
        StreamService service = StreamService.prepare(definition, kafka.partitions(), starting, settings(definition));
        try (Stopping stopping = Stopping.onSignal()) {
            service.run(
                    new StreamService.Endpoints(metricsHost, metricsPort, advertised),
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
                served.label(),
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
                new Limits(maxAhead, silentAfter),
                state.policy(),
                past,
                forecastFormat);
    }

    SensorNetwork definition() {
        return network.load();
    }
}
