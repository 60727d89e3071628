package dev.headwater.benchmarks.dashboard;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.EmbeddedBroker;
import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// The page on a long replay: does memory grow?
final class SoakRun {

    private static final String NETWORK = "pems-bay";
    private static final String START = "2017-04-01";
    private static final String SPEED = "600x";
    private static final int WARM_UP = 5; // minutes that the slope leaves out
    private static final double MINUTES = 60; // of an hour
    private static final double MIB = 1 << 20;

    private final Bench bench;
    private final SoakSettings settings;
    private final List<Sample> samples = new ArrayList<>();

    /// One look.
    ///
    /// @param minute   since the page was opened
    /// @param page     MiB of JavaScript's heap after a collection
    /// @param heap     MiB of the server's heap after a collection
    /// @param resident MiB of the server
    private record Sample(double minute, double page, long nodes, long listeners, double heap, double resident) {}

    SoakRun(Bench bench, SoakSettings settings) {
        this.bench = bench;
        this.settings = settings;
    }

    void run() throws IOException, InterruptedException {
        Path data = Path.of(System.getenv()
                        .getOrDefault(
                                "HEADWATER_DATA",
                                bench.checkout().resolve("../shared/data").toString()))
                .resolve("traffic");
        Path readings = data.resolve("pems-bay-16/pems-bay-16.h5");
        if (!Files.isReadable(readings)) {
            throw new InvalidInputException(
                    "HEADWATER_DATA: must name the folder that holds traffic/pems-bay-16, no file " + readings);
        }
        SensorNetwork network = NetworkFile.load(NETWORK);
        try (EmbeddedBroker broker =
                EmbeddedBroker.startTemporary(bench.folder().resolve("broker"))) {
            ClientConfig client = ClientConfig.of(broker.bootstrapServers());
            TopicAdmin.ensure(client, Topics.of(network).specs());
            Path model = settings.model();
            try (AutoCloseable forecasts = model == null
                            ? new Echo(network, client)
                            : serve(broker.bootstrapServers(), model.toAbsolutePath());
                    HeadwaterProcess server = HeadwaterProcess.start(
                            bench, dashboard(broker.bootstrapServers(), readings, places(data)))) {
                watch(server);
            } catch (IOException | InterruptedException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        slopes();
    }

    private HeadwaterProcess serve(String servers, Path model) throws IOException {
        HeadwaterProcess serve = HeadwaterProcess.start(
                bench,
                "serve",
                "--network",
                NETWORK,
                "--bootstrap",
                servers,
                "--model",
                model.toString(),
                "--data-dir",
                bench.folder().resolve("serve").toString(),
                "--metrics-port",
                "0");
        serve.drain();
        return serve;
    }

    private static @Nullable Path places(Path data) {
        Path places = data.resolve("pems-bay-network/bay_sensor_metadata.csv");
        return Files.isReadable(places) ? places : null;
    }

    private static String[] dashboard(String servers, Path readings, @Nullable Path places) {
        List<String> arguments = new ArrayList<>(List.of(
                "dashboard",
                "--network",
                NETWORK,
                "--bootstrap",
                servers,
                "--port",
                "0",
                "--from",
                readings.toString(),
                "--start",
                START,
                "--speed",
                SPEED));
        if (places != null) {
            arguments.addAll(List.of("--places", places.toString()));
        }
        return arguments.toArray(new String[0]);
    }

    private void watch(HeadwaterProcess server) throws IOException, InterruptedException {
        String address = server.address();
        server.drain();
        try (Browser browser = new Browser(bench, address)) {
            String reporting = "() => { const { sensors, values } = window.headwater.state();"
                    + " const at = values.findIndex(value => value !== null && value !== undefined);"
                    + " return at < 0 ? null : sensors[at].id; }";
            Object sensor = browser.page().waitForFunction(reporting).jsonValue();
            // A sensor with its panel open: its chart is drawn anew in each slot.
            browser.page().navigate(address + "#network=" + NETWORK + "&sensor=" + sensor);
            System.out.println("| minute | page, MiB | nodes | listeners | server's heap, MiB | resident, MiB |");
            System.out.println("|---|---|---|---|---|---|");
            long begun = System.nanoTime();
            for (int minute = 0; minute <= settings.minutes(); minute++) {
                browser.page().waitForTimeout(Math.max(1, minute * 60_000.0 - (System.nanoTime() - begun) / 1e6));
                look(server, browser, minute);
            }
            Object slot = browser.page().evaluate("() => new Date(window.headwater.state().time).toISOString()");
            Object panels = browser.page().evaluate("() => document.querySelectorAll('svg').length");
            System.out.println("\nthe replay was at " + slot + ", charts on the page: " + panels);
            browser.complaints().stream().distinct().forEach(complaint -> System.err.println("page: " + complaint));
        }
    }

    private void look(HeadwaterProcess server, Browser browser, int minute) throws IOException {
        Browser.Memory memory = browser.memory();
        Sample sample = new Sample(
                minute, memory.heap() / MIB, memory.nodes(), memory.listeners(), server.heap(), server.resident());
        samples.add(sample);
        System.out.printf(
                Locale.ROOT,
                "| %d | %.2f | %d | %d | %.1f | %.0f |%n",
                minute,
                sample.page,
                sample.nodes,
                sample.listeners,
                sample.heap,
                sample.resident);
        System.out.flush();
    }

    private void slopes() {
        List<Sample> late =
                samples.stream().filter(sample -> sample.minute >= WARM_UP).toList();
        if (late.size() < 3) {
            return;
        }
        System.out.printf(
                Locale.ROOT,
                "%nan hour, by least squares from minute %d on: page %+.2f MiB, nodes %+.0f, listeners %+.0f,"
                        + " server's heap %+.2f MiB, resident %+.1f MiB%n",
                WARM_UP,
                slope(late, Sample::page),
                slope(late, Sample::nodes),
                slope(late, Sample::listeners),
                slope(late, Sample::heap),
                slope(late, Sample::resident));
    }

    /// An hour, by least squares.
    private static double slope(List<Sample> samples, ToDoubleFunction<Sample> figure) {
        double meanMinute =
                samples.stream().mapToDouble(Sample::minute).average().orElse(0);
        double mean = samples.stream().mapToDouble(figure).average().orElse(0);
        double above = 0;
        double below = 0;
        for (Sample sample : samples) {
            above += (sample.minute - meanMinute) * (figure.applyAsDouble(sample) - mean);
            below += (sample.minute - meanMinute) * (sample.minute - meanMinute);
        }
        return MINUTES * above / below;
    }
}
