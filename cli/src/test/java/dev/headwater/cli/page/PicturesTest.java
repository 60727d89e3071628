package dev.headwater.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Page.WaitForFunctionOptions;
import dev.headwater.forecasting.TestData;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Takes the pictures in `docs/pictures`, of real demos: `mvn verify -pl cli -am -Ppictures`.
@Tag("pictures")
class PicturesTest {

    private static final Path PICTURES = Path.of("../docs/pictures");
    private static final double PATIENCE = 300_000; // milliseconds

    /// True when the panel of a sensor shows a forecast.
    private static final String FORECAST_SHOWN =
            "document.querySelector('[data-testid=sensor-panel]')?.dataset.issued > ''";

    @TempDir
    private Path folder;

    @Test
    void traffic() throws Exception {
        try (Browser browser = Browser.start();
                DemoProcess demo = DemoProcess.start(folder)) {
            // 325 sensors in the morning rush hour
            String sensor = "#network=simulated-city&sensor=2E-13";
            String rush = "t => t >= Date.parse('2026-03-17T15:30Z')";
            take(browser.open(demo.page() + "?theme=light" + sensor), rush, "traffic-light");
            take(browser.open(demo.page() + "?theme=dark"), "t => true", "traffic-dark");
            take(browser.open(demo.page() + "?theme=light" + sensor, 390, 844), "t => true", "traffic-phone");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void weather() throws Exception {
        Path file = TestData.file("weather/jena_climate_2020.csv");
        try (Browser browser = Browser.start();
                DemoProcess demo = DemoProcess.start(
                        folder,
                        "--network",
                        "jena",
                        "--from",
                        file.toAbsolutePath().toString(),
                        "--speed",
                        "3600x")) {
            take(
                    browser.open(demo.page() + "?theme=light#network=jena"),
                    "(t, first) => headwater.state().accuracy && t > first + 36e5 * 48 && " + FORECAST_SHOWN,
                    "weather");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void sound() throws Exception {
        Path words = TestData.file("audio/speech-commands-8");
        try (Browser browser = Browser.start();
                DemoProcess demo = DemoProcess.start(
                        folder,
                        "--network",
                        "speech",
                        "--from",
                        words.toAbsolutePath().toString())) {
            take(
                    browser.open(demo.page() + "?theme=light#network=speech"),
                    "() => headwater.state().words.events.length > 12 && " + FORECAST_SHOWN,
                    "sound");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    /// @param until a function of the newest slot and the first one seen, both milliseconds since 1970
    private static void take(Page page, String until, String name) throws IOException {
        page.waitForFunction("() => window.headwater?.state().time > 0", null, patient());
        Object first = page.evaluate("headwater.state().time");
        page.waitForFunction("first => (" + until + ")(headwater.state().time, first)", first, patient());
        page.screenshot(new ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
        page.context().close();
    }

    private static WaitForFunctionOptions patient() {
        return new WaitForFunctionOptions().setTimeout(PATIENCE);
    }
}
