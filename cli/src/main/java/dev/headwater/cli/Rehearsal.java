package dev.headwater.cli;

import dev.headwater.bus.EmbeddedBroker;
import dev.headwater.forecasting.artefact.ModelRegistry;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.ingest.simulator.CitySimulator;
import dev.headwater.ingest.terminal.TemporaryFolder;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// Does what users wait for when a command starts: help, and a stream that gets ready. The launcher runs it once after
/// a build, has the JVM note which classes it loads, and archives those: later commands find them parsed and verified.
/// It needs no Kafka and leaves nothing behind.
public final class Rehearsal {

    private static final String NETWORK = "simulated-city";
    private static final String HOST = "127.0.0.1";
    private static final int SENSORS = 3;
    private static final int DAYS = 9; // more than the lag of a week that a window may look back
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration LOOK = Duration.ofMillis(20);

    private Rehearsal() {}

    /// @throws IllegalStateException when the stream did not get ready
    public static void main(String[] args) throws IOException, InterruptedException {
        Headwater.execute(new String[] {"--help"}, Map.of());
        try (TemporaryFolder folder = TemporaryFolder.create("headwater-rehearsal");
                EmbeddedBroker broker =
                        EmbeddedBroker.startTemporary(folder.path().resolve("broker"))) {
            serve(folder.path(), broker.bootstrapServers());
        }
    }

    private static void serve(Path folder, String bootstrap) throws IOException, InterruptedException {
        int port = freePort();
        String[] arguments = {
            "serve",
            "--network=" + NETWORK,
            "--model=" + model(folder.resolve("models")),
            "--bootstrap=" + bootstrap,
            "--metrics-host=" + HOST,
            "--metrics-port=" + port,
            "--data-dir=" + folder
        };
        Thread serving = Thread.ofPlatform().start(() -> Headwater.execute(arguments, Map.of()));
        try {
            awaitReady(serving, URI.create("http://" + HOST + ":" + port + "/readyz"));
        } finally {
            serving.interrupt(); // as Ctrl-C: the command stops and closes what it opened
            serving.join();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0)) {
            return any.getLocalPort();
        }
    }

    private static Path model(Path registry) {
        SensorNetwork network = NetworkFile.load(NETWORK);
        int slots = DAYS * network.clock().slotsPerDay();
        Series series = new CitySimulator(network, SENSORS, 1).history(0, slots);
        return new ModelRegistry(registry).publish(UntrainedModel.of(series)).file();
    }

    private static void awaitReady(Thread serving, URI probe) throws IOException, InterruptedException {
        long patience = System.nanoTime() + PATIENCE.toNanos();
        while (!isReady(probe)) {
            if (!serving.isAlive() || System.nanoTime() > patience) {
                throw new IllegalStateException("the stream of the rehearsal did not get ready");
            }
            Thread.sleep(LOOK);
        }
    }

    private static boolean isReady(URI probe) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) probe.toURL().openConnection();
        try {
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (ConnectException e) { // not listening yet
            return false;
        } finally {
            connection.disconnect();
        }
    }
}
