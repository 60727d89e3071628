package dev.headwater.cli.demo;

import dev.headwater.bus.ClientConfig;
import dev.headwater.cli.PageOptions;
import dev.headwater.dashboard.Dashboard;
import dev.headwater.dashboard.ReplayControl;
import dev.headwater.forecasting.network.SensorNetwork;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The page of the demo.
final class Page {

    @Option(names = "--no-page", description = "Only the table, no web page.")
    private boolean left;

    @Mixin
    private PageOptions options = new PageOptions();

    /// The page while it is open; nothing when it is left out.
    record Open(@Nullable Dashboard dashboard, ClientConfig client) implements AutoCloseable {

        void tell(PrintWriter out) {
            if (dashboard != null) {
                out.printf("page at %s, Kafka at %s%n%n", dashboard.address(), client.bootstrapServers());
                out.flush();
            }
        }

        @Override
        public void close() {
            if (dashboard != null) {
                dashboard.close();
            }
        }
    }

    /// @param replay what the page may control; null for nothing
    Open open(ClientConfig client, Feed feed, @Nullable ReplayControl replay) {
        return open(client, options.placed(feed.network(), feed.places()), replay);
    }

    Open open(ClientConfig client, SensorNetwork network, @Nullable ReplayControl replay) {
        return new Open(left ? null : options.start(client, List.of(network), replay), client);
    }
}
