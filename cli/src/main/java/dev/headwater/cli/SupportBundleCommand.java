package dev.headwater.cli;

import dev.headwater.bus.BrokerCheck;
import dev.headwater.bus.ClusterReport;
import dev.headwater.bus.TopicSpec;
import dev.headwater.bus.Topics;
import dev.headwater.cli.SupportBundle.Contents;
import dev.headwater.cli.SupportFacts.ModelFacts;
import dev.headwater.cli.SupportFacts.TopicFacts;
import dev.headwater.cli.SupportFacts.Versions;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.Measure;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.streams.StreamSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/// Writes what a bug report needs into one zip.
@Command(
        name = "support-bundle",
        mixinStandardHelpOptions = true,
        description = {
            "Write a zip for a bug report, given the options of serve: versions, settings, doctor's findings, topics,"
                    + " lags, manifests of models, the end of a log.",
            "Without readings and weights; secrets are masked. Look into it before you send it. What cannot be had,"
                    + " such as topics without a broker, is left out, and the bundle says why."
        },
        footer = {
            "",
            "Examples:",
            "  headwater support-bundle --network pems-bay --config serve.yaml --log serve.log",
            "  headwater support-bundle --network pems-bay --bootstrap localhost:9092 --out bundle.zip --json"
        })
final class SupportBundleCommand implements Runnable {

    private static final DateTimeFormatter IN_NAME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private static final String TOPICS = "topics.json";
    private static final String GROUPS = "groups.json";
    private static final String ON_TOPIC = "models-on-topic.json";
    private static final String LOG = "log.txt";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description = "A log whose last MiB is added, such as what serve wrote to standard error; default: none.")
    private @Nullable Path log;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The zip, a new file; default: ./headwater-support-DATE.zip.")
    private @Nullable Path out;

    @Mixin
    private RegistryOption registry = new RegistryOption();

    @Mixin
    private Answer answer = new Answer();

    @Unmatched
    private List<String> serveOptions = new ArrayList<>();

    /// What `support-bundle --json` prints.
    record Report(String zip, Contents contents) {}

    @Override
    public void run() {
        ServeCall call = new ServeCall(spec, serveOptions);
        StreamSettings settings = call.settings();
        SensorNetwork network = call.network();
        SupportBundle bundle = new SupportBundle(Secrets.in(settings.client().overrides()));
        bundle.add("settings.json", () -> Map.of("options", call.options(true), "kafka", call.kafka()));
        BrokerCheck broker = BrokerCheck.of(settings.client());
        bundle.add("doctor.json", () -> Diagnosis.of(broker));
        ClusterReport cluster = addCluster(bundle, broker, settings, network);
        bundle.add("versions.json", () -> Versions.of(cluster == null ? "" : cluster.version()));
        bundle.add("models.json", () -> ModelFacts.of(network, registry.folder()));
        addLog(bundle, network);
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Path zip = out == null ? Path.of("headwater-support-" + IN_NAME.format(now) + ".zip") : out;
        tell(new Report(zip.toString(), bundle.write(zip, now.toString())));
    }

    /// @return null when the cluster does not answer
    private @Nullable ClusterReport addCluster(
            SupportBundle bundle, BrokerCheck broker, StreamSettings settings, SensorNetwork network) {
        List<TopicSpec> specs = Topics.of(network).specs();
        try {
            if (!broker.answers()) {
                throw new InvalidInputException("Kafka: " + broker.found());
            }
            ClusterReport cluster = SupportFacts.cluster(settings, specs);
            bundle.add(TOPICS, () -> TopicFacts.of(settings.client(), specs, cluster));
            bundle.add(GROUPS, cluster::groups);
            bundle.add(ON_TOPIC, () -> SupportFacts.onTopic(settings.client(), network, registry.folder(), cluster));
            return cluster;
        } catch (InvalidInputException e) {
            String why = String.valueOf(e.getMessage());
            List.of(TOPICS, GROUPS, ON_TOPIC).forEach(what -> bundle.leaveOut(what, why));
            return null;
        }
    }

    private void addLog(SupportBundle bundle, SensorNetwork network) {
        if (log == null) {
            bundle.leaveOut(LOG, "no log was named; serve logs to standard error, --log names a file of it");
            return;
        }
        Pattern readings = readings(network);
        bundle.addLog(LOG, log, line -> readings.matcher(line).replaceAll("$1*****"));
    }

    /// A number beside the name of a measure, or found where a measure was expected.
    private static Pattern readings(SensorNetwork network) {
        String names = network.measures().stream()
                .map(Measure::name)
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        return Pattern.compile(
                "((?:" + names + ")[\"']?\\s*(?:[=:]\\s*|.{0,200}\\bfound\\s+))[\"']?-?[\\d.][\\d.eE+-]*[\"']?");
    }

    private void tell(Report report) {
        answer.print(report, out -> {
            report.contents.files().forEach(file -> out.println("  " + file));
            report.contents.leftOut().forEach(left -> out.println("  left out: " + left.file() + ": " + left.why()));
            out.println(report.zip + ": look into it before you send it");
        });
    }
}
