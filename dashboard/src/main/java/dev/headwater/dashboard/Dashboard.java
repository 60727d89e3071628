package dev.headwater.dashboard;

import dev.headwater.bus.ClientConfig;
import dev.headwater.dashboard.web.WebServer;
import dev.headwater.forecasting.network.SensorNetwork;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A web server with a page that shows what is on the topics of networks.
public final class Dashboard implements AutoCloseable {

    /// The default host: only this machine can reach the page.
    public static final String DEFAULT_HOST = "127.0.0.1";

    public static final int DEFAULT_PORT = 8088;

    private final WebServer server;

    private Dashboard(WebServer server) {
        this.server = server;
    }

    /// Starts the server, and follows the topics.
    ///
    /// @param port     0 for any free one
    /// @param networks at least one; their sensors have places where the definition lists them
    /// @param replay   what the page may control; null for nothing
    /// @throws dev.headwater.forecasting.InvalidInputException when the port is taken or the host is not an
    ///     address of this machine
    public static Dashboard start(
            ClientConfig client, List<SensorNetwork> networks, String host, int port, @Nullable ReplayControl replay) {
        return new Dashboard(WebServer.start(client, networks, host, port, replay));
    }

    /// The page's address.
    public String address() {
        return server.address();
    }

    @Override
    public void close() {
        server.close();
    }
}
