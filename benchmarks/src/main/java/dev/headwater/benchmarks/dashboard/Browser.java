package dev.headwater.benchmarks.dashboard;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A headless Chromium with the page. Not thread-safe.
final class Browser implements AutoCloseable {

    private static final int WIDTH = 1400;
    private static final int HEIGHT = 900;

    /// Counts the frames that the page could have shown, and the times that the map was painted, in each
    /// second.
    private static final String COUNT = """
            () => {
              const count = window.bench = { frames: [], painted: [] };
              let begun = performance.now(), frames = 0, painted = window.headwater.frames();
              const step = now => {
                if (window.bench !== count) return;
                frames++;
                if (now - begun >= 1000) {
                  count.frames.push(1000 * frames / (now - begun));
                  count.painted.push(1000 * (window.headwater.frames() - painted) / (now - begun));
                  begun = now;
                  frames = 0;
                  painted = window.headwater.frames();
                }
                requestAnimationFrame(step);
              };
              requestAnimationFrame(step);
            }""";

    private static final String COUNTED = "() => { const count = window.bench; window.bench = null; return count; }";

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser browser;
    private final Page page;
    private final CDPSession session;
    private final List<String> complaints = new ArrayList<>();

    /// @param frames    a second, of each second
    /// @param painted the map's paintings a second, of each second
    record Frames(double[] frames, double[] painted) {}

    /// Opens the page and waits until it has sensors.
    Browser(Bench bench, String address) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(bench.browser())
                        .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")));
        page = browser.newPage(new com.microsoft.playwright.Browser.NewPageOptions().setViewportSize(WIDTH, HEIGHT));
        page.onConsoleMessage(this::hear);
        page.onPageError(complaints::add);
        page.navigate(address);
        page.waitForFunction("() => window.headwater && window.headwater.state().sensors.length > 0");
        session = page.context().newCDPSession(page);
    }

    private void hear(ConsoleMessage message) {
        if (message.type().equals("error") || message.type().equals("warning")) {
            complaints.add(message.text());
        }
    }

    /// What the page has complained about so far.
    List<String> complaints() {
        return complaints;
    }

    Page page() {
        return page;
    }

    String version() {
        return browser.version();
    }

    /// Waits, and counts frames meanwhile.
    Frames frames(Runnable meanwhile) {
        page.evaluate(COUNT);
        meanwhile.run();
        Map<?, ?> counted = (Map<?, ?>) page.evaluate(COUNTED);
        return new Frames(numbers(counted.get("frames")), numbers(counted.get("painted")));
    }

    void await(int seconds) {
        page.waitForTimeout(1_000.0 * seconds);
    }

    /// Zooms in and out with the wheel and moves the map, all the time for so many seconds.
    void zoomAndPan(int seconds) {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        double x = 0.4 * WIDTH;
        double y = 0.5 * HEIGHT;
        page.mouse().move(x, y);
        for (int turn = 0; System.nanoTime() < end; turn++) {
            boolean in = turn % 60 < 30;
            page.mouse().wheel(0, in ? -60 : 60);
            if (turn % 20 == 19) {
                page.mouse().down();
                page.mouse()
                        .move(
                                x + 80,
                                y + (in ? 60 : -60),
                                new com.microsoft.playwright.Mouse.MoveOptions().setSteps(20));
                page.mouse().up();
                page.mouse().move(x, y);
            }
        }
    }

    /// A list of numbers, NaN for null, that a script has returned.
    static double[] numbers(@Nullable Object list) {
        return list(list).stream()
                .mapToDouble(number -> number instanceof Number known ? known.doubleValue() : Double.NaN)
                .toArray();
    }

    /// A list that a script has returned.
    static List<?> list(@Nullable Object list) {
        return list instanceof List<?> known ? known : List.of();
    }

    /// @param heap  bytes of JavaScript's heap in use
    /// @param nodes of the document, also those that only scripts refer to
    /// @param listeners of events
    record Memory(double heap, long nodes, long listeners) {}

    /// After a forced collection.
    Memory memory() {
        session.send("HeapProfiler.collectGarbage");
        JsonObject heap = session.send("Runtime.getHeapUsage");
        JsonObject counters = session.send("Memory.getDOMCounters");
        return new Memory(number(heap.get("usedSize")), (long) number(counters.get("nodes")), (long)
                number(counters.get("jsEventListeners")));
    }

    private static double number(JsonElement element) {
        return element.getAsDouble();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
