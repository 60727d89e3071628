package dev.headwater.cli.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.WaitForFunctionOptions;
import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.NewestForecasts;
import dev.headwater.bus.TopicReader;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page of a real demo, in a real browser.
class DemoPageTest {

    private static final SensorNetwork NETWORK = NetworkFile.load("simulated-city");
    private static final int SENSORS = 325;
    private static final double PATIENCE = 60_000; // milliseconds
    private static final Set<String> SERIOUS = Set.of("serious", "critical");

    /// True once all sensors have a value, and all but those that are silent now a forecast.
    private static final String COMPLETE =
            "n => { const s = window.headwater?.state(); return s && s.sensors.length === n"
                    + " && s.values.every(v => v !== null) && s.forecasts.filter(f => f !== null).length > 0.9 * n; }";

    @TempDir
    private static Path folder;

    private static Browser browser;
    private static DemoProcess demo;

    private Page page;

    @BeforeAll
    static void start() throws IOException {
        browser = Browser.start();
        demo = DemoProcess.ofTheCity(folder);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (demo != null) {
            demo.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void openLate() {
        browser.complaints().clear();
        page = browser.open(demo.page());
        page.waitForFunction(COMPLETE, SENSORS, new WaitForFunctionOptions().setTimeout(PATIENCE));
    }

    @AfterEach
    void nothingIsComplainedOf() {
        page.context().close();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void theMapShowsAllSensorsAndMoves() {
        // Given a page that was opened late
        assertThat(page.locator("[data-testid=sensor-count]").textContent()).isEqualTo("325 sensors");
        assertThat(new HashSet<>(colours())).hasSizeGreaterThan(5);
        Object before = page.evaluate("headwater.state().time");

        // Then it moves on by itself, and draws only when something has changed
        page.waitForFunction("before => headwater.state().time > before", before);
        assertThat(page.locator("[data-testid=event-time]").textContent()).contains("Tue 17 Mar 2026");
        assertThat(((Number) page.evaluate("headwater.frames()")).intValue()).isPositive();
    }

    @Test
    void aClickOpensTheSensorWithTheNumbersOfTheTopic() {
        // Given
        int sensor = ((Number) page.evaluate("headwater.state().forecasts.findIndex((f, i) => i >= 100 && f !== null)"))
                .intValue();
        String id = (String) page.evaluate("i => headwater.state().sensors[i].id", sensor);
        Map<?, ?> at = (Map<?, ?>) page.evaluate("i => headwater.pixelOf(i)", sensor);

        // When
        page.mouse().click(number(at.get("x")), number(at.get("y")));
        page.locator("[data-testid=sensor-panel]").waitFor();
        page.locator("#replay-pause").click();
        page.waitForFunction("() => headwater.state().replay.state === 'paused'");

        // Then
        assertThat(page.locator("[data-testid=sensor-panel]").getAttribute("data-sensor"))
                .isEqualTo(id);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            Forecast newest = onTopic(id);
            assertThat(page.locator("[data-testid=sensor-panel]").getAttribute("data-issued"))
                    .isEqualTo(String.valueOf(newest.issuedAt()));
            for (int step = 1; step <= NETWORK.window().horizon(); step++) {
                assertThat(Float.parseFloat(page.locator("[data-testid=forecast-table] td[data-step='" + step + "']")
                                .getAttribute("data-value")))
                        .isEqualTo(newest.values()[step - 1]);
            }
        });
        page.locator("#replay-pause").click();
        page.waitForFunction("() => headwater.state().replay.state === 'playing'");
    }

    private static Forecast onTopic(String sensor) {
        NewestForecasts newest = new NewestForecasts(NETWORK);
        String topic = Topics.of(NETWORK).forecasts();
        try (TopicReader reader = TopicReader.open(ClientConfig.of(demo.kafka()), topic)) {
            reader.drain(newest::take);
        }
        return newest.of(List.of(sensor)).iterator().next();
    }

    @Test
    void theSliderRecolours() {
        // Given the map as it is now
        Object now = colours();

        // When
        page.locator("#lead-slider").fill(String.valueOf(NETWORK.window().horizon()));

        // Then it shows the end of the horizon
        page.waitForFunction(
                "before => headwater.state().sensors.some((s, i) => headwater.colourOf(i) !== before[i])", now);
        assertThat(page.locator("#lead-label").textContent()).contains("+1 h");
    }

    private List<?> colours() {
        return (List<?>) page.evaluate("headwater.state().sensors.map((s, i) => headwater.colourOf(i))");
    }

    @Test
    void everythingIsReachableByKeyboard() {
        // When a sensor is searched for without a mouse
        page.locator("#search").focus();
        page.keyboard().type("3N-0");
        page.keyboard().press("ArrowDown");
        page.keyboard().press("Enter");

        // Then its panel is open
        page.locator("[data-testid=sensor-panel]").waitFor();
        String searched = page.locator("[data-testid=sensor-panel]").getAttribute("data-sensor");
        assertThat(searched).startsWith("3N-0");

        // And when arrows go on from sensor to sensor on the map
        page.locator("#map canvas").focus();
        page.keyboard().press("ArrowRight");
        page.keyboard().press("ArrowRight");
        page.keyboard().press("Enter");

        // Then another one opens
        page.waitForFunction(
                "before => document.querySelector('[data-testid=sensor-panel]').dataset.sensor !== before", searched);
    }

    @Test
    void axeFindsNothingSerious() {
        for (String theme : List.of("light", "dark")) {
            // Given the page with a sensor open
            page.navigate(demo.page() + "?theme=" + theme + "#network=simulated-city&sensor=3N-07");
            page.waitForFunction(COMPLETE, SENSORS, new WaitForFunctionOptions().setTimeout(PATIENCE));
            page.locator("[data-testid=forecast-table] td[data-step='12']").waitFor();

            // When
            List<Rule> serious = new AxeBuilder(page)
                    .analyze().getViolations().stream()
                            .filter(rule -> SERIOUS.contains(rule.getImpact()))
                            .toList();

            // Then
            assertThat(serious).extracting(Rule::getId).as(theme).isEmpty();
        }
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }
}
