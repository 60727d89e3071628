package dev.headwater.benchmarks.dashboard;

import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.EmbeddedBroker;
import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.Topics;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A page of many sensors, alone and then with other clients, while all sensors report in turn.
final class LoadRun {

    private static final double FRAMES = 30; // a second
    private static final double SHARE = 20; // per cent of a core
    private static final double MEMORY = 300; // MiB
    private static final double HOLE = 2; // seconds
    private static final int WARM_UP = 30; // seconds
    private static final int CLIENTS_WARM_UP = 20; // seconds; their first snapshots are large, and their code is cold
    private static final int SETTLE = 5; // seconds
    private static final int ZOOM = 15; // seconds
    private static final double KB = 1e3;

    private final Bench bench;
    private final LoadSettings settings;
    private final Results results = new Results();

    LoadRun(Bench bench, LoadSettings settings) {
        this.bench = bench;
        this.settings = settings;
    }

    void run() throws IOException, InterruptedException {
        City city = City.write(bench.folder(), settings.sensors());
        try (EmbeddedBroker broker =
                EmbeddedBroker.startTemporary(bench.folder().resolve("broker"))) {
            ClientConfig client = ClientConfig.of(broker.bootstrapServers());
            TopicAdmin.ensure(client, Topics.of(city.network()).specs());
            try (CityFlow flow = new CityFlow(city, settings.sensors(), settings.rate(), client)) {
                say("filling the topics with " + settings.history() + " slots");
                flow.fill(settings.history());
                flow.start();
                String servers = broker.bootstrapServers();
                String file = city.file().toString();
                try (HeadwaterProcess server = HeadwaterProcess.start(
                        bench, "dashboard", "--network", file, "--bootstrap", servers, "--port", "0")) {
                    measure(server, city, flow);
                }
            }
        }
        System.out.printf(
                "%,d sensors, %,d readings and as many forecasts a second, %d s each, load %s%n%n",
                settings.sensors(),
                settings.rate(),
                settings.seconds(),
                Results.text(java.lang.management.ManagementFactory.getOperatingSystemMXBean()
                        .getSystemLoadAverage()));
        results.print();
    }

    private void measure(HeadwaterProcess server, City city, CityFlow flow) throws IOException, InterruptedException {
        String address = server.address();
        server.drain();
        try (Browser browser = new Browser(bench, address)) {
            say("Chromium " + browser.version() + " shows " + address + ", warming up for " + WARM_UP + " s");
            browser.await(WARM_UP);
            alone(server, browser);
            zoomed(browser);
            together(server, browser, address + "api/networks/" + city.network().name() + "/events");
            flow.stop();
            browser.await(SETTLE);
            compare(browser, flow, city);
            browser.complaints().stream().distinct().forEach(complaint -> say("the page complains: " + complaint));
        }
    }

    private void alone(HeadwaterProcess server, Browser browser) throws IOException, InterruptedException {
        say("one client");
        try (ServerUse use = new ServerUse(server)) {
            frames("frames a second", browser.frames(() -> browser.await(settings.seconds())));
            use("one client", server, use);
        }
    }

    private void zoomed(Browser browser) {
        say("zooming");
        frames("frames a second while zooming and moving", browser.frames(() -> browser.zoomAndPan(ZOOM)));
        browser.page().evaluate("() => document.getElementById('zoom-fit').click()");
    }

    private void frames(String figure, Browser.Frames frames) {
        double[] seconds = frames.frames();
        results.atLeast(figure, Results.spread(seconds), Results.median(seconds), FRAMES, "");
        results.add("of these, the map was painted", Results.spread(frames.painted()));
    }

    private void use(String clients, HeadwaterProcess server, ServerUse use) throws IOException {
        double share = use.share();
        double[] residents = use.residents();
        double most = server.mostResident();
        results.atMost("processor, " + clients, Results.text(share) + " %", share, SHARE, "% of a core");
        results.atMost(
                "resident memory, " + clients,
                Results.spread(residents) + " MiB",
                Results.median(residents),
                MEMORY,
                "MiB");
        results.atMost("most resident so far, " + clients, Results.text(most) + " MiB", most, MEMORY, "MiB");
        results.add("heap after a collection, " + clients, Results.text(server.heap()) + " MiB");
    }

    private void together(HeadwaterProcess server, Browser browser, String url)
            throws IOException, InterruptedException {
        String many = settings.clients() + " clients";
        say(many);
        List<EventClient> clients = new ArrayList<>();
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            try {
                for (int i = 1; i < settings.clients(); i++) {
                    clients.add(new EventClient(http, url, settings.sensors()));
                }
                browser.await(CLIENTS_WARM_UP);
                clients.forEach(EventClient::longestHole);
                List<EventClient.Counts> before =
                        clients.stream().map(EventClient::counts).toList();
                try (ServerUse use = new ServerUse(server)) {
                    Browser.Frames frames = browser.frames(() -> browser.await(settings.seconds()));
                    received(clients, before);
                    use(many, server, use);
                    results.add("frames a second, " + many, Results.spread(frames.frames()));
                }
            } finally {
                for (EventClient client : clients) {
                    client.close();
                }
            }
        }
    }

    private void received(List<EventClient> clients, List<EventClient.Counts> before) {
        double seconds = settings.seconds();
        List<EventClient.Counts> got = new ArrayList<>();
        for (int i = 0; i < clients.size(); i++) {
            got.add(clients.get(i).counts().less(before.get(i)));
            String fault = clients.get(i).fault();
            if (fault != null) {
                say("client " + i + ": " + fault);
            }
        }
        double[] holes = clients.stream().mapToDouble(EventClient::longestHole).toArray();
        double[] deltas = got.stream().mapToDouble(c -> c.deltas() / seconds).toArray();
        double[] bytes = got.stream().mapToDouble(c -> c.bytes() / KB / seconds).toArray();
        double[] changed = got.stream().mapToDouble(c -> c.changed() / seconds).toArray();
        long faults = clients.stream().filter(client -> client.fault() != null).count();
        long snapshots = got.stream().mapToLong(EventClient.Counts::snapshots).sum();
        results.add("deltas a second and client", Results.spread(deltas));
        results.add("sensors in them a second", Results.spread(changed));
        results.add("kB a second and client", Results.spread(bytes));
        results.atMost("longest time without a delta", Results.spread(holes) + " s", Results.most(holes), HOLE, "s");
        results.atMost("clients with an event that is no whole JSON, or cut off", "" + faults, faults, 0, "");
        results.atMost("snapshots sent again, as a client was slow", "" + snapshots, snapshots, 0, "");
    }

    /// What the page shows must be what was sent.
    private void compare(Browser browser, CityFlow flow, City city) {
        Map<?, ?> shown = (Map<?, ?>) browser.page()
                .evaluate("() => { const { sensors, values, times, forecasts } = window.headwater.state();"
                        + " return { ids: sensors.map(s => s.id), values, times, forecasts }; }");
        List<?> ids = Browser.list(shown.get("ids"));
        double[] values = Browser.numbers(shown.get("values"));
        double[] times = Browser.numbers(shown.get("times"));
        List<?> forecasts = Browser.list(shown.get("forecasts"));
        int wrong = Math.abs(settings.sensors() - ids.size());
        for (int sensor = 0; sensor < Math.min(settings.sensors(), ids.size()); sensor++) {
            long slot = flow.newest(sensor);
            float[] expected = city.forecast(sensor, slot).values();
            double[] found = Browser.numbers(forecasts.get(sensor));
            boolean right = City.id(sensor).equals(ids.get(sensor))
                    && (float) values[sensor] == City.value(sensor, slot)
                    && (long) times[sensor] == city.network().clock().startMillis(slot)
                    && found.length == expected.length;
            for (int step = 0; right && step < found.length; step++) {
                right = (float) found[step] == expected[step];
            }
            wrong += right ? 0 : 1;
        }
        results.atMost("sensors whose state on the page is not what was sent", "" + wrong, wrong, 0, "");
    }

    private static void say(String text) {
        System.err.println("dashboard: " + text);
    }
}
