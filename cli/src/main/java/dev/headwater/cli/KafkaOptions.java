package dev.headwater.cli;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.Topics;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Where Kafka is.
final class KafkaOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            defaultValue = ClientConfig.DEFAULT_SERVERS,
            description = "Kafka's address, several with commas; default: ${DEFAULT-VALUE}.")
    private String bootstrap = ClientConfig.DEFAULT_SERVERS;

    @Option(
            names = "--kafka",
            paramLabel = "KEY=VALUE",
            description = "A Kafka client setting to pass through, e.g. security.protocol=SSL; repeatable. Put"
                    + " secrets into the --config file or HEADWATER_KAFKA_<KEY>.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = "Partitions of the network's topics that do not exist yet; default: ${DEFAULT-VALUE}.")
    private int partitions = Topics.DEFAULT_PARTITIONS;

    ClientConfig client() {
        Map<String, String> all = new HashMap<>();
        if (command.defaultValueProvider() instanceof Settings elsewhere) {
            all.putAll(elsewhere.kafka());
        }
        all.putAll(settings);
        return new ClientConfig(bootstrap, all);
    }

    int partitions() {
        return partitions;
    }
}
