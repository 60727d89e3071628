package dev.headwater.benchmarks;

import dev.headwater.bus.BadForecastException;
import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.EmbeddedBroker;
import dev.headwater.bus.ForecastCodec;
import dev.headwater.bus.Limits;
import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.TopicReader;
import dev.headwater.bus.Topics;
import dev.headwater.bus.ValueFormat;
import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.artefact.GruForecaster;
import dev.headwater.forecasting.feature.Features;
import dev.headwater.forecasting.feature.Scaler;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import dev.headwater.ingest.replay.CitySource;
import dev.headwater.ingest.replay.ReplayOptions;
import dev.headwater.ingest.replay.Replayer;
import dev.headwater.ingest.replay.Speed;
import dev.headwater.ingest.simulator.CitySimulator;
import dev.headwater.kernels.Seq2SeqShape;
import dev.headwater.streams.Guarantee;
import dev.headwater.streams.PastPolicy;
import dev.headwater.streams.ServedModel;
import dev.headwater.streams.StreamApp;
import dev.headwater.streams.StreamSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Starts streams on a topic with months of a simulated city, once warm and once with all forecasts, goes on live, and
/// compares the forecasts of the live part. Forecasts of the second stream are those of a stream that ran all the
/// time, since it takes one reading after the other in either case.
public final class BackfillRun {

    private static final int PARTITIONS = 4;
    private static final int HIDDEN = 64;
    private static final long SEED = 1;
    private static final long PAUSE_MILLIS = 200;

    private final SensorNetwork network = NetworkFile.load("simulated-city");
    private final Topics topics = Topics.of(network);
    private final long first =
            network.clock().slotOf(Instant.parse("2026-01-05T08:00:00Z").toEpochMilli());
    private final int sensors;
    private final long live; // first slot
    private final long end;
    private final Path folder;
    private final ClientConfig client;

    private BackfillRun(int sensors, int days, Path folder, ClientConfig client) {
        this.sensors = sensors;
        this.live = first + (long) days * network.clock().slotsPerDay();
        this.end = live + network.clock().slotsPerDay();
        this.folder = folder;
        this.client = client;
    }

    /// @param args sensors, days of the past
    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("backfill");
        try (EmbeddedBroker broker = EmbeddedBroker.startTemporary(folder.resolve("broker"))) {
            ClientConfig client = ClientConfig.of(broker.bootstrapServers());
            new BackfillRun(Integer.parseInt(args[0]), Integer.parseInt(args[1]), folder, client).run();
        }
    }

    private void run() throws InterruptedException {
        TopicAdmin.ensure(client, topics.specs(PARTITIONS));
        send(first, live, "the past");
        Map<String, float[]> warm = stream(PastPolicy.WARM, true);
        Map<String, float[]> all = stream(PastPolicy.ISSUE, false);
        long different = warm.entrySet().stream()
                .filter(one -> !Arrays.equals(one.getValue(), all.get(one.getKey())))
                .count();
        print(
                "live forecasts: %,d warm, %,d undisturbed, %,d expected, %,d different",
                warm.size(), all.size(), sensors * (end - live), different);
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }

    private void send(long from, long to, String what) {
        var report = new Replayer(client)
                .replay(
                        new CitySource(new CitySimulator(network, sensors, SEED), first),
                        new ReplayOptions(Speed.MAX, from, to, ValueFormat.JSON, ReplayOptions.Progress.NEVER));
        print("%s: %,d readings sent in %.1f s", what, report.readings(), report.seconds());
    }

    /// @param goesOn whether the live readings are sent once the past is taken in; else they are on the topic
    /// @return forecasts of the live part, by sensor and slot
    private Map<String, float[]> stream(PastPolicy policy, boolean goesOn) throws InterruptedException {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        StreamSettings settings = StreamSettings.of(
                        client, "backfill-" + policy.word(), folder.resolve(policy.word()), Guarantee.EXACTLY_ONCE)
                .with(Limits.ANY_TIME)
                .with(policy);
        ServedModel model = new ServedModel(forecaster(), null, SeasonalStates.of(network));
        try (TopicReader reader = TopicReader.open(client, topics.forecasts())) {
            Ledger ledger = new Ledger();
            reader.drain(record -> {}); // those of the stream before
            long begun = System.nanoTime();
            try (StreamApp app = StreamApp.start(network, PARTITIONS, () -> model, settings, registry)) {
                while (!isLive(registry)) {
                    reader.poll().forEach(record -> ledger.add(record.value()));
                    Thread.sleep(PAUSE_MILLIS);
                }
                double seconds = (System.nanoTime() - begun) / 1e9;
                double past = registry.get("headwater.backfill.records").gauge().value();
                print("%s: %,.0f past readings in %.1f s, %,.0f/s", policy.word(), past, seconds, past / seconds);
                if (goesOn) {
                    send(live, end, "live");
                }
                while (ledger.liveForecasts.size() < sensors * (end - live)) {
                    reader.poll().forEach(record -> ledger.add(record.value()));
                }
            }
            reader.drain(record -> ledger.add(record.value())); // the stream is closed: all is committed
            long all = sensors * (live - first - network.window().span() + 1);
            print(
                    "%s: %,d of %,d past forecasts issued, %,d live ones doubled",
                    policy.word(), ledger.past, all, ledger.doubled);
            return ledger.liveForecasts;
        }
    }

    private static boolean isLive(SimpleMeterRegistry registry) {
        return registry.get("headwater.backfill.records").gauge().value() > 0
                && registry.get("headwater.backfill.remaining").gauge().value() == 0;
    }

    /// The network that `train` makes, with random weights.
    private GruForecaster forecaster() {
        Seq2SeqShape shape = Features.shape(network, 0, HIDDEN, 0);
        Scaler scaler = new Scaler(new float[] {60}, new float[] {10});
        return new GruForecaster("random@1", network, scaler, List.of(), shape, shape.initialise(1));
    }

    /// Forecasts that came.
    private final class Ledger {
        private final ForecastCodec codec = new ForecastCodec(network);
        private final long liveFrom = network.clock().startMillis(live);
        private final Map<String, float[]> liveForecasts = new HashMap<>();
        private long past;
        private long doubled;

        void add(byte[] value) {
            Forecast forecast;
            try {
                forecast = codec.decode(value);
            } catch (BadForecastException e) {
                throw new IllegalStateException(e);
            }
            if (forecast.issuedAt() < liveFrom) {
                past++;
            } else if (liveForecasts.put(forecast.sensor() + " " + forecast.issuedAt(), forecast.values()) != null) {
                doubled++;
            }
        }
    }
}
