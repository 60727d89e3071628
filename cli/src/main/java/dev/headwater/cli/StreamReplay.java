package dev.headwater.cli;

import dev.headwater.bus.BadForecastException;
import dev.headwater.bus.ClientConfig;
import dev.headwater.bus.EmbeddedBroker;
import dev.headwater.bus.ForecastCodec;
import dev.headwater.bus.TopicAdmin;
import dev.headwater.bus.Topics;
import dev.headwater.bus.ValueFormat;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.forecasting.reading.SeriesSeasonalStates;
import dev.headwater.ingest.replay.ReplayOptions;
import dev.headwater.ingest.replay.Replayer;
import dev.headwater.ingest.replay.SeriesSource;
import dev.headwater.ingest.replay.Speed;
import dev.headwater.streams.Guarantee;
import dev.headwater.streams.Limits;
import dev.headwater.streams.ServedModel;
import dev.headwater.streams.StreamApp;
import dev.headwater.streams.StreamSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// History through the real thing: an embedded broker of its own, the real topology, and a reader that books what comes
/// out.
final class StreamReplay {

    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final int PARTITIONS = Topics.DEFAULT_PARTITIONS;

    private final Series series;
    private final ServedModel model;
    private final Guarantee guarantee;
    private final boolean restart;

    /// @param restart whether the stream ends in the middle and is started again
    StreamReplay(Series series, ServedModel model, Guarantee guarantee, boolean restart) {
        this.series = series;
        this.model = model;
        this.guarantee = guarantee;
        this.restart = restart;
    }

    /// Sends the readings of the ledger's rows and books all forecasts.
    ///
    /// @param folder   for the broker's and the stream's files
    /// @param progress told the number of forecasts booked so far
    /// @return seconds from the first reading sent to the last forecast read
    double run(ForecastLedger ledger, Path folder, LongConsumer progress) throws InterruptedException {
        SensorNetwork network = series.network();
        try (EmbeddedBroker broker = EmbeddedBroker.startTemporary(folder.resolve("broker"))) {
            ClientConfig client = ClientConfig.of(broker.bootstrapServers());
            Topics topics = Topics.of(network);
            TopicAdmin.ensure(client, topics.specs(PARTITIONS));
            try (TopicReader reader = TopicReader.open(client, topics.forecasts())) {
                Wires wires = new Wires(client, reader, folder, progress);
                int middle = restart ? (ledger.firstRow() + ledger.endRow()) / 2 : ledger.firstRow();
                double before = restart ? serve(wires, ledger, ledger.firstRow(), middle) : 0;
                double seconds = before + serve(wires, ledger, middle, ledger.endRow());
                reader.drain(record -> book(ledger, record)); // the stream is closed: all is committed
                return seconds;
            }
        }
    }

    private record Wires(ClientConfig client, TopicReader reader, Path folder, LongConsumer progress) {}

    /// Runs the stream while the rows `[from, to)` flow through it.
    private double serve(Wires wires, ForecastLedger ledger, int from, int to) throws InterruptedException {
        SensorNetwork network = series.network();
        StreamSettings settings = StreamSettings.of(
                        wires.client,
                        StreamSettings.defaultApplicationId(network.name()),
                        wires.folder.resolve("streams"),
                        guarantee)
                .with(Limits.ANY_TIME); // what evaluation judges is not a matter of the clock
        // The stream begins with what was known before the first reading sent, and goes on by itself.
        ServedModel served = model.with(SeriesSeasonalStates.after(series, ledger.firstRow(), model.seasonalStates()));
        try (StreamApp app = StreamApp.start(network, PARTITIONS, () -> served, settings, new SimpleMeterRegistry())) {
            if (!app.awaitRunning(SILENCE)) {
                throw new IllegalStateException("the stream did not start within " + SILENCE.toSeconds() + " s");
            }
            return flow(wires, ledger, from, to);
        }
    }

    private double flow(Wires wires, ForecastLedger ledger, int from, int to) {
        long started = System.nanoTime();
        CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(wires.client, from, to));
        long lastCame = System.nanoTime();
        while (ledger.distinct() < ledger.expected(to)) {
            long before = ledger.distinct();
            wires.reader.poll().forEach(record -> book(ledger, record));
            wires.progress.accept(ledger.distinct());
            lastCame = ledger.distinct() > before ? System.nanoTime() : lastCame;
            requireProgress(ledger, sending, lastCame);
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        sending.join();
        return seconds;
    }

    private void send(ClientConfig client, int from, int to) {
        long first = series.firstSlot();
        new Replayer(client)
                .replay(
                        SeriesSource.everySlot(series),
                        new ReplayOptions(
                                Speed.MAX, first + from, first + to, ValueFormat.JSON, ReplayOptions.Progress.NEVER));
    }

    private static void requireProgress(ForecastLedger ledger, CompletableFuture<Void> sending, long lastCame) {
        if (sending.isCompletedExceptionally()) {
            try {
                sending.join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException cause ? cause : e;
            }
        }
        if (System.nanoTime() - lastCame > SILENCE.toNanos()) {
            throw new IllegalStateException("the stream went silent: " + ledger.distinct() + " of " + ledger.expected()
                    + " forecasts came, none for " + SILENCE.toSeconds() + " s");
        }
    }

    private void book(ForecastLedger ledger, ConsumerRecord<String, byte[]> record) {
        try {
            ledger.take(new ForecastCodec(series.network()).decode(record.value()));
        } catch (BadForecastException e) {
            throw new IllegalStateException("no forecast at offset " + record.offset() + ": " + e.getMessage(), e);
        }
    }
}
