package dev.headwater.cli;

import dev.headwater.forecasting.network.Network;
import dev.headwater.forecasting.network.NetworkFile;
import picocli.CommandLine.Option;

/// Which network a command is about.
final class NetworkOption {

    @Option(
            names = "--network",
            required = true,
            paramLabel = "NAME|FILE",
            description = "A shipped network (pems-bay, aarhus, simulated-city) or a YAML file.")
    private String network = "";

    Network load() {
        return NetworkFile.load(network);
    }
}
