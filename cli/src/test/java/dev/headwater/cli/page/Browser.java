package dev.headwater.cli.page;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/// The Chromium of this machine, without a window. It notes what pages complain of, and what they ask other hosts.
///
/// Without a Chromium a test is skipped and says why; with `HEADWATER_REQUIRE_CHROMIUM=true` it fails instead.
final class Browser implements AutoCloseable {

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser browser;
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    private Browser(Playwright playwright, com.microsoft.playwright.Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    static Browser start() {
        Path executable = executable().orElseThrow(Browser::missing);
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        return new Browser(
                playwright,
                playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(executable)
                                .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage"))));
    }

    private static Optional<Path> executable() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return NAMES.stream()
                .flatMap(name -> folders(path).map(folder -> folder.resolve(name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Stream<Path> folders(String path) {
        return Arrays.stream(path.split(File.pathSeparator)).map(Path::of);
    }

    private static RuntimeException missing() {
        String message = "no Chromium on the PATH, none of " + NAMES;
        return Boolean.parseBoolean(System.getenv("HEADWATER_REQUIRE_CHROMIUM"))
                ? new IllegalStateException(message)
                : new TestAbortedException(message);
    }

    /// Opens a page of 1440 x 900.
    Page open(String address) {
        return open(address, 1440, 900);
    }

    /// @param width  of the page in CSS pixels
    /// @param height of the page in CSS pixels
    Page open(String address, int width, int height) {
        BrowserContext context = browser.newContext(
                new com.microsoft.playwright.Browser.NewContextOptions().setViewportSize(width, height));
        String own = address.replaceAll("[?#].*", "");
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.onRequest(request -> {
            if (!request.url().startsWith(own) && !request.url().startsWith("data:")) {
                complaints.add("asks " + request.url());
            }
        });
        page.navigate(address);
        return page;
    }

    /// Errors on the console, and requests to other hosts.
    List<String> complaints() {
        return complaints;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
