package dev.headwater.cli;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.Topics;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/// Where Kafka is.
final class KafkaOptions {

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            defaultValue = "${env:HEADWATER_BOOTSTRAP:-" + ClientConfig.DEFAULT_SERVERS + "}",
            description = "Kafka's address, several with commas; from HEADWATER_BOOTSTRAP, default: ${DEFAULT-VALUE}.")
    private String bootstrap = ClientConfig.DEFAULT_SERVERS;

    @Option(
            names = "--kafka",
            paramLabel = "KEY=VALUE",
            description = "A Kafka client setting to pass through, e.g. security.protocol=SSL; may be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description =
                    "Partitions of the network's topics where they have to be created; default: ${DEFAULT-VALUE}.")
    private int partitions = Topics.DEFAULT_PARTITIONS;

    ClientConfig client() {
        return new ClientConfig(bootstrap, settings);
    }

    int partitions() {
        return partitions;
    }
}
