package dev.headwater.cli;

import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/// Which network a command is about.
public final class NetworkOption {

    /// The networks that come with Headwater, for help and completion.
    public static final class Shipped extends ArrayList<String> {

        public static final String DESCRIPTION = "A shipped network (${COMPLETION-CANDIDATES}) or a YAML file.";

        private static final long serialVersionUID = 1;

        public Shipped() {
            super(NetworkFile.SHIPPED);
        }
    }

    @Option(
            names = "--network",
            required = true,
            paramLabel = "NAME|FILE",
            completionCandidates = Shipped.class,
            description = Shipped.DESCRIPTION)
    private String network = "";

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Override a key of the network, e.g. target=density or window.horizon=6; repeatable.")
    private Map<String, String> changes = new LinkedHashMap<>();

    SensorNetwork load() {
        return load(Map.of());
    }

    /// The network with these keys changed too.
    SensorNetwork load(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(changes);
        all.putAll(more);
        return NetworkFile.load(network, all);
    }
}
