package dev.headwater.cli;

import dev.headwater.bus.ClientConfig;
import dev.headwater.dashboard.Dashboard;
import dev.headwater.dashboard.ReplayControl;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.Sensor;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.ingest.reader.PlacesFile;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Where the page is, and where its map has the sensors' places from.
public final class PageOptions {

    private static final String PORT = "--port";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = Dashboard.DEFAULT_HOST,
            description = "Address of the page; default: ${DEFAULT-VALUE}, reachable from this machine only.")
    private String host = Dashboard.DEFAULT_HOST;

    @Option(
            names = PORT,
            defaultValue = "" + Dashboard.DEFAULT_PORT,
            description = "Port of the page, 0 = any; default: ${DEFAULT-VALUE}, or any when that is taken.")
    private int port = Dashboard.DEFAULT_PORT;

    @Option(
            names = "--places",
            paramLabel = "FILE",
            description =
                    "Places of the sensors for the map: CSV with id,latitude,longitude, or with a header that also"
                            + " names freeway, direction and postmile.")
    private @Nullable Path places;

    /// The network with the places of its sensors.
    ///
    /// @throws InvalidInputException when the file is not one of places
    public SensorNetwork placed(SensorNetwork network, List<Sensor> known) {
        List<Sensor> sensors = places == null ? known : PlacesFile.read(places);
        return sensors.isEmpty() ? network : network.withSensors(sensors);
    }

    /// Starts the page.
    ///
    /// @param replay what the page may control; null for nothing
    public Dashboard start(ClientConfig client, List<SensorNetwork> networks, @Nullable ReplayControl replay) {
        boolean chosen = command.commandLine().getParseResult().hasMatchedOption(PORT);
        try {
            return Dashboard.start(client, networks, host, port, replay);
        } catch (InvalidInputException e) {
            if (chosen || !host.equals(Dashboard.DEFAULT_HOST)) {
                throw e;
            }
            return Dashboard.start(client, networks, host, 0, replay); // another program has the port
        }
    }
}
