package dev.headwater.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator.WaitForOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.EmbeddedBroker;
import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.Topics;
import dev.headwater.bus.ValueFormat;
import dev.headwater.dashboard.Dashboard;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.ingest.replay.CitySource;
import dev.headwater.ingest.replay.ReplayOptions;
import dev.headwater.ingest.replay.Replayer;
import dev.headwater.ingest.replay.Speed;
import dev.headwater.ingest.simulator.CitySimulator;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageRecoveryTest {

    private static final SensorNetwork NETWORK = NetworkFile.load("simulated-city");
    private static final long FIRST = NETWORK.clock().slotOf(1_773_752_400_000L);

    @TempDir
    private Path folder;

    @Test
    void thePageGoesOnWhenItsServerIsStartedAgain() {
        try (Browser browser = Browser.start();
                EmbeddedBroker broker = EmbeddedBroker.startTemporary(folder)) {
            // Given a page before the first reading
            ClientConfig client = ClientConfig.of(broker.bootstrapServers());
            TopicAdmin.ensure(client, Topics.of(NETWORK).specs(2));
            int port;
            Page page;
            try (Dashboard first = start(client, 0)) {
                port = URI.create(first.address()).getPort();
                page = browser.open(first.address());
                page.waitForFunction("() => headwater.state().network !== null");
                assertThat(page.locator("body").textContent()).contains("Waiting for the first readings");
                send(client, 0, 3);
                page.waitForFunction("() => headwater.state().sensors.length === 20");
            }

            // When its server is gone, and comes back with newer readings
            page.locator("[data-testid=banner]:not([hidden])").waitFor();
            assertThat(page.locator("[data-testid=sensor-count]").textContent()).contains("20 sensors");
            send(client, 3, 6);
            try (Dashboard second = start(client, port)) {
                // Then it shows them
                page.waitForFunction("time => headwater.state().time === time", (double)
                        NETWORK.clock().startMillis(FIRST + 5));
                page.locator("[data-testid=banner]")
                        .waitFor(new WaitForOptions().setState(WaitForSelectorState.HIDDEN));
                assertThat(second.address()).contains(String.valueOf(port));
            }
        }
    }

    private static Dashboard start(ClientConfig client, int port) {
        return Dashboard.start(client, List.of(NETWORK), Dashboard.DEFAULT_HOST, port, null);
    }

    private static void send(ClientConfig client, int from, int to) {
        CitySource city = new CitySource(new CitySimulator(NETWORK, 20, 42), FIRST);
        ReplayOptions options =
                new ReplayOptions(Speed.MAX, FIRST + from, FIRST + to, ValueFormat.JSON, ReplayOptions.Progress.NEVER);
        new Replayer(client).replay(city, options);
    }
}
