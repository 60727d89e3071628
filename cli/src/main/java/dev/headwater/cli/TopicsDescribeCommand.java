package dev.headwater.cli;

import dev.headwater.bus.contract.AsyncApi;
import dev.headwater.bus.contract.Contract;
import dev.headwater.bus.contract.TopicContract;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Says what is on the topics of networks. Asks no broker.
@Command(
        name = "describe",
        mixinStandardHelpOptions = true,
        description = {
            "Say who writes and reads each topic, and what its records are. No broker is asked.",
            "With --asyncapi as an AsyncAPI 3.0 document, with the JSON Schemas of all values, for"
                    + " programs that consume forecasts."
        },
        footer = {
            "",
            "Examples:",
            "  headwater topics describe --network pems-bay",
            "  headwater topics describe --network pems-bay,jena --asyncapi --bootstrap kafka.example.org:9092"
        })
final class TopicsDescribeCommand implements Runnable {

    private static final String FIELD = "  %-11s  %s%n";

    @Option(
            names = "--network",
            required = true,
            split = ",",
            paramLabel = "NAME|FILE",
            completionCandidates = NetworkOption.Shipped.class,
            description = {NetworkOption.Shipped.DESCRIPTION, "Several with commas."})
    private List<String> networks = new ArrayList<>();

    @Option(names = "--asyncapi", description = "Print one AsyncAPI document, in JSON, and nothing else.")
    private boolean asyncApi;

    @Mixin
    private KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private Answer answer = new Answer();

    /// A topic in `topics describe --json`.
    ///
    /// @param writtenBy  who writes it
    /// @param readBy     who reads it
    /// @param recordTime what the record time is
    /// @param internal   of no use to programs outside
    record Row(
            String topic,
            String writtenBy,
            String readBy,
            String key,
            String value,
            String recordTime,
            boolean internal) {

        static Row of(TopicContract topic) {
            return new Row(
                    topic.topic().name(),
                    topic.writers(),
                    topic.readers(),
                    topic.key(),
                    topic.value(),
                    topic.time(),
                    topic.isInternal());
        }

        private void print(PrintWriter out) {
            out.println(topic);
            field(out, "written by", writtenBy);
            field(out, "read by", readBy);
            field(out, "key", key);
            field(out, "value", value);
            field(out, "record time", recordTime);
        }

        private static void field(PrintWriter out, String name, String text) {
            out.printf(Locale.ROOT, FIELD, name, text);
        }
    }

    @Override
    public void run() {
        if (asyncApi && answer.isJson()) {
            throw answer.wrong("--asyncapi, --json: must be one of them, found both");
        }
        List<SensorNetwork> definitions =
                networks.stream().map(NetworkFile::load).toList();
        Contract contract = Contract.of(definitions, kafka.partitions());
        if (asyncApi) {
            answer.printJson(AsyncApi.of(contract, kafka.client(), Headwater.Version.current()));
        } else {
            List<Row> rows = contract.topics().stream().map(Row::of).toList();
            answer.print(Map.of("topics", rows), out -> rows.forEach(row -> row.print(out)));
        }
    }
}
