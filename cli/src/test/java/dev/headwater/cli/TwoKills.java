package dev.headwater.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.headwater.backtest.ForecastLedger;
import dev.headwater.bus.AccuracyCodec;
import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.EmbeddedBroker;
import dev.headwater.bus.ForecastCodec;
import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.TopicReader;
import dev.headwater.bus.Topics;
import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.accuracy.AccuracyMerge;
import dev.headwater.forecasting.accuracy.Scored;
import dev.headwater.forecasting.accuracy.Span;
import dev.headwater.forecasting.artefact.ModelRegistry;
import dev.headwater.forecasting.evaluation.ChronologicalSplit;
import dev.headwater.forecasting.evaluation.Evaluation;
import dev.headwater.forecasting.evaluation.HorizonErrors;
import dev.headwater.forecasting.evaluation.Scorer;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.forecasting.reading.SeriesHistory;
import dev.headwater.ingest.replay.ReplayOptions;
import dev.headwater.ingest.replay.Replayer;
import dev.headwater.ingest.replay.SeriesSource;
import dev.headwater.ingest.replay.Speed;
import dev.headwater.streams.ServedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.CompletableFuture;

/// Kills `serve` twice while readings flow, starts it again, and checks what it issued and what it says of its
/// accuracy.
final class TwoKills {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Path folder;
    private final SensorNetwork network;
    private final Series series;
    private final Speed pace;
    private final String guarantee;

    /// Of all forecasts, as they were read from their topic.
    private final HorizonErrors errors;

    /// @param series all of it is sent
    /// @param pace   at which the kills fall in the middle
    TwoKills(Path folder, Series series, Speed pace, String guarantee) {
        this.folder = folder;
        this.network = series.network();
        this.series = series;
        this.pace = pace;
        this.guarantee = guarantee;
        this.errors = new HorizonErrors(network.window().horizon());
    }

    void run() throws Exception {
        // Given
        Path models = folder.resolve("models");
        Path model =
                new ModelRegistry(models).publish(UntrainedModel.of(series)).file();
        ForecastLedger ledger = new ForecastLedger(series, allWindows());
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
            ClientConfig client = ClientConfig.of(broker.bootstrapServers());
            TopicAdmin.ensure(client, Topics.of(network).specs());
            try (TopicReader reader =
                            TopicReader.open(client, Topics.of(network).forecasts());
                    TopicReader accuracy =
                            TopicReader.open(client, Topics.of(network).accuracy())) {
                CompletableFuture<Void> sending;

                // When
                try (ServeProcess first = serve(client, model)) {
                    sending = CompletableFuture.runAsync(() -> send(client));
                    awaitForecasts(first, reader, ledger, ledger.expected() / 4);
                    first.kill();
                }
                try (ServeProcess second = serve(client, model)) {
                    awaitForecasts(second, reader, ledger, ledger.expected() / 2);
                    second.kill();
                }
                try (ServeProcess third = serve(client, model)) {
                    awaitForecasts(third, reader, ledger, ledger.expected());
                    sending.join();
                    if (guarantee.equals("exactly-once")) {
                        awaitAccuracy(accuracy);
                    }
                }
                reader.drain(record -> book(ledger, record.value()));
            }
        }

        // Then
        BitSet expected = new BitSet();
        expected.set(network.window().lookback() - 1, series.slots());
        assertThat(series.sensors())
                .allSatisfy(sensor -> assertThat(ledger.rows(sensor)).as(sensor).isEqualTo(expected));
        if (guarantee.equals("exactly-once")) {
            assertThat(ledger.doubled()).isZero();
        }
        HorizonErrors evaluated = evaluate(ServedModel.of(ModelRegistry.artefact(model), network));
        for (int step = 0; step < errors.horizon(); step++) {
            assertThat(ledger.result().errors().mae(step)).isCloseTo(evaluated.mae(step), within(1e-9));
        }
    }

    private HorizonErrors evaluate(ServedModel served) {
        return new Evaluation(series, new SeriesHistory(series, served.seasonalStates()), allWindows())
                .errors(served.forecaster(), served.table(), Scorer.Sink.NONE, done -> {})
                .errors();
    }

    private ChronologicalSplit.Range allWindows() {
        return new ChronologicalSplit.Range(0, series.slots() - network.window().spanWithHorizon() + 1);
    }

    private ServeProcess serve(ClientConfig client, Path model) throws IOException {
        return ServeProcess.start(
                folder.resolve("serve.log"),
                "--network",
                network.name(),
                "--model",
                model.toString(),
                "--bootstrap",
                client.bootstrapServers(),
                "--guarantee",
                guarantee,
                "--data-dir",
                folder.resolve("data").toString(),
                "--metrics-port",
                "0");
    }

    private void awaitForecasts(ServeProcess serve, TopicReader reader, ForecastLedger ledger, long wanted) {
        await().atMost(PATIENCE).until(() -> {
            assertThat(serve.isAlive()).as(serve.output()).isTrue();
            reader.poll().forEach(record -> book(ledger, record.value()));
            return ledger.distinct() >= wanted;
        });
    }

    private void book(ForecastLedger ledger, byte[] value) {
        Forecast forecast = new ForecastCodec(network).decode(value);
        ledger.take(forecast);
        int row = (int) (network.clock().slotOf(forecast.issuedAt()) - series.firstSlot());
        int sensor = series.sensors().indexOf(forecast.sensor());
        for (int step = 0; step < errors.horizon(); step++) {
            int target = row + network.window().lead(step + 1);
            if (target < series.slots()) {
                errors.add(step, forecast.values()[step], series.target(sensor, target));
            }
        }
    }

    /// Waits until the topic of live accuracy says of all forecasts what they say themselves.
    private void awaitAccuracy(TopicReader reader) {
        AccuracyMerge live = new AccuracyMerge();
        AccuracyCodec codec = new AccuracyCodec();
        await().atMost(PATIENCE).untilAsserted(() -> {
            reader.poll().forEach(record -> live.take(codec.decode(record.value())));
            HorizonErrors said = live.champion()
                    .orElseThrow(() -> new AssertionError("no record yet"))
                    .spans()
                    .get(Span.START)
                    .errors(Scored.MODEL);
            for (int step = 0; step < errors.horizon(); step++) {
                assertThat(said.count(step)).isEqualTo(errors.count(step));
                assertThat(said.mae(step)).isCloseTo(errors.mae(step), within(1e-4));
                assertThat(said.rmse(step)).isCloseTo(errors.rmse(step), within(1e-4));
            }
        });
    }

    /// Sends all readings, at a pace at which the kill falls in the middle.
    private void send(ClientConfig client) {
        ReplayOptions options = ReplayOptions.all(pace).withProgress(ReplayOptions.Progress.NEVER);
        new Replayer(client).replay(SeriesSource.everySlot(series), options);
    }
}
