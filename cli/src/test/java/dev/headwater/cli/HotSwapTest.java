package dev.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headwater.backtest.ForecastLedger;
import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.EmbeddedBroker;
import dev.headwater.bus.ForecastCodec;
import dev.headwater.bus.Limits;
import dev.headwater.bus.ModelTopic;
import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.TopicReader;
import dev.headwater.bus.Topics;
import dev.headwater.bus.ValueFormat;
import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.artefact.Artefact;
import dev.headwater.forecasting.artefact.ForecastModel;
import dev.headwater.forecasting.artefact.ModelFile;
import dev.headwater.forecasting.evaluation.ChronologicalSplit;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.ingest.replay.ReplayOptions;
import dev.headwater.ingest.replay.Replayer;
import dev.headwater.ingest.replay.SeriesSource;
import dev.headwater.ingest.replay.Speed;
import dev.headwater.ingest.simulator.CitySimulator;
import dev.headwater.streams.Failover;
import dev.headwater.streams.Guarantee;
import dev.headwater.streams.ModelFollower;
import dev.headwater.streams.Pace;
import dev.headwater.streams.PastPolicy;
import dev.headwater.streams.ServedModel;
import dev.headwater.streams.StatePolicy;
import dev.headwater.streams.StreamApp;
import dev.headwater.streams.StreamSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The model is swapped again and again while a replay runs at full speed: no forecast may be missing or come twice.
class HotSwapTest {

    private static final int SENSORS = 16;
    private static final int SLOTS = 8_400;
    private static final int SWAPS = 20;
    private static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private final SensorNetwork network = NetworkFile.load("simulated-city");
    private final Series series =
            new CitySimulator(network, SENSORS, 7).history(network.clock().slotOf(1_700_000_000_000L), SLOTS);
    private final ForecastModel model = UntrainedModel.of(series);
    private final List<byte[]> artefacts = IntStream.rangeClosed(1, SWAPS + 1)
            .mapToObj(version -> ModelFile.write(model.withVersion(version)))
            .toList();
    private final ForecastLedger ledger = new ForecastLedger(
            series, new ChronologicalSplit.Range(0, SLOTS - network.window().spanWithHorizon() + 1));
    private final Set<String> models = new LinkedHashSet<>();
    private final Map<String, List<Integer>> versions = new HashMap<>(); // by sensor, in topic order

    @Test
    void twentySwapsDuringAReplayLoseAndDoubleNothing() throws Exception {
        // Given
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            ClientConfig client = ClientConfig.of(broker.bootstrapServers());
            TopicAdmin.ensure(client, Topics.of(network).specs(PARTITIONS));
            ServedModel first = ServedModel.read(Artefact.of(artefacts.getFirst(), "first"), network);
            try (ModelFollower follower = ModelFollower.start(settings(client), network, first, registry);
                    StreamApp app = StreamApp.start(network, PARTITIONS, follower, settings(client), registry);
                    TopicReader reader =
                            TopicReader.open(client, Topics.of(network).forecasts())) {
                assertThat(app.awaitRunning(PATIENCE)).isTrue();

                // When
                CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(client, follower));
                for (int version = 2; version <= SWAPS + 1; version++) {
                    String running = id(version - 1);
                    readUntil(reader, () -> models.contains(running));
                    Artefact artefact = Artefact.of(artefacts.get(version - 1), "version " + version);
                    ModelTopic.publish(client, artefact, sent -> {});
                }
                readUntil(reader, () -> models.contains(id(SWAPS + 1)));
                sending.join();
                readUntil(reader, () -> ledger.distinct() >= ledger.expected());
                assertThat(app.isAlive()).isTrue();
                app.close();
                reader.drain(record -> book(record.value())); // the stream is closed: all is committed
            }
        }

        // Then
        BitSet expected = new BitSet();
        expected.set(network.window().lookback() - 1, SLOTS);
        assertThat(series.sensors())
                .allSatisfy(sensor -> assertThat(ledger.rows(sensor)).as(sensor).isEqualTo(expected));
        assertThat(ledger.doubled()).isZero();
        assertThat(models).hasSize(SWAPS + 1);
        assertThat(versions.values())
                .allSatisfy(ofSensor -> assertThat(ofSensor).isSorted());
        assertThat(registry.get("headwater.models.taken").counter().count()).isEqualTo(SWAPS + 1);
        assertThat(registry.get("headwater.models.refused").counter().count()).isZero();
    }

    /// Commits often, so that the reader soon sees the stream's output.
    private StreamSettings settings(ClientConfig client) {
        return new StreamSettings(
                client,
                "hot-swap",
                folder.resolve("streams"),
                Guarantee.EXACTLY_ONCE,
                2,
                new Pace(Pace.DEFAULT_BATCH_SIZE, Pace.DEFAULT_BATCH_DELAY, Duration.ofMillis(20)),
                Failover.DEFAULT,
                Limits.DEFAULT,
                StatePolicy.DEFAULT,
                PastPolicy.ISSUE,
                ValueFormat.BINARY);
    }

    /// Sends at full speed, one portion per model. Each portion waits until its model serves, so that the
    /// replay does not end before the swaps.
    private void send(ClientConfig client, ModelFollower follower) {
        int portion = SLOTS / (SWAPS + 1);
        for (int version = 1; version <= SWAPS + 1; version++) {
            String id = id(version);
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> follower.get().id().equals(id));
            long from = series.firstSlot() + (long) (version - 1) * portion;
            long to = version == SWAPS + 1 ? series.firstSlot() + SLOTS : from + portion;
            new Replayer(client)
                    .replay(
                            SeriesSource.everySlot(series),
                            new ReplayOptions(Speed.MAX, from, to, ValueFormat.JSON, ReplayOptions.Progress.NEVER));
        }
    }

    private static String id(int version) {
        return "seq2seq-gru@" + version;
    }

    private void readUntil(TopicReader reader, BooleanSupplier enough) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(1)).until(() -> {
            reader.poll().forEach(record -> book(record.value()));
            return enough.getAsBoolean();
        });
    }

    private void book(byte[] value) {
        Forecast forecast = new ForecastCodec(network).decode(value);
        ledger.take(forecast);
        String model = String.valueOf(forecast.model());
        models.add(model);
        versions.computeIfAbsent(forecast.sensor(), sensor -> new ArrayList<>())
                .add(Integer.valueOf(model.substring(model.indexOf('@') + 1)));
    }
}
