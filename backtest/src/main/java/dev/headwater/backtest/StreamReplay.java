package dev.headwater.backtest;

import dev.headwater.bus.BadForecastException;
import dev.headwater.bus.ForecastCodec;
import dev.headwater.bus.TopicReader;
import dev.headwater.bus.Topics;
import dev.headwater.bus.ValueFormat;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.forecasting.reading.SeriesSeasonalStates;
import dev.headwater.ingest.replay.ReplayOptions;
import dev.headwater.ingest.replay.ReplayReport;
import dev.headwater.ingest.replay.Replayer;
import dev.headwater.ingest.replay.SeriesSource;
import dev.headwater.ingest.replay.Speed;
import dev.headwater.streams.Guarantee;
import dev.headwater.streams.ServedModel;
import dev.headwater.streams.StreamApp;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Sends the readings of a range through a [LocalStream], and records the forecasts in a ledger.
final class StreamReplay {

    private static final Duration ACCURACY_WITHIN = Duration.ofSeconds(30);

    private final Series series;
    private final ServedModel model;
    private final Guarantee guarantee;
    private final ForecastLedger ledger;
    private final AccuracyLedger live;
    private final ForecastCodec codec;

    /// @param live takes what the stream says of its forecasts
    StreamReplay(Series series, ServedModel model, Guarantee guarantee, ForecastLedger ledger, AccuracyLedger live) {
        this.series = series;
        this.model = model;
        this.guarantee = guarantee;
        this.ledger = ledger;
        this.live = live;
        this.codec = new ForecastCodec(series.network());
    }

    /// Sends the readings of the ledger's rows and records all forecasts.
    ///
    /// @param restart  whether the stream is stopped in the middle and started again
    /// @param folder   for the files of broker and stream
    /// @param progress receives the number of forecasts recorded so far
    /// @return seconds from the first reading sent to the last forecast read
    double run(boolean restart, Path folder, LongConsumer progress) throws InterruptedException {
        try (LocalStream local = LocalStream.open(series.network(), folder);
                TopicReader reader = local.read(Topics.of(series.network()).forecasts());
                TopicReader accuracy = local.read(Topics.of(series.network()).accuracy())) {
            int first = ledger.firstRow();
            int middle = restart ? (first + ledger.endRow()) / 2 : first;
            double before = restart ? serve(local, reader, progress, first, middle, () -> {}) : 0;
            double seconds =
                    before + serve(local, reader, progress, middle, ledger.endRow(), () -> awaitAccuracy(accuracy));
            reader.drain(this::book); // the stream is closed: all is committed
            return seconds;
        }
    }

    /// Runs the stream while the rows `[from, to)` flow through it.
    ///
    /// @param afterwards what the stream must still run for
    private double serve(
            LocalStream local, TopicReader reader, LongConsumer progress, int from, int to, Runnable afterwards)
            throws InterruptedException {
        // The stream starts with the seasonal states before the first reading sent, and updates them by itself.
        ServedModel served = model.with(SeriesSeasonalStates.after(series, ledger.firstRow(), model.seasonalStates()));
        try (StreamApp app = local.serve(served, guarantee, new SimpleMeterRegistry())) {
            double seconds = Flow.through(
                            () -> send(local, from, to),
                            () -> {
                                reader.poll().forEach(this::book);
                                progress.accept(ledger.distinct());
                            },
                            ledger::distinct,
                            ledger.expected(to),
                            "forecasts")
                    .seconds();
            afterwards.run();
            return seconds;
        }
    }

    /// Waits until the stream has published the accuracy of its last slot, which it does when no more
    /// truths come.
    private void awaitAccuracy(TopicReader accuracy) {
        long end = System.nanoTime() + ACCURACY_WITHIN.toNanos();
        boolean complete = false;
        while (!complete && System.nanoTime() < end) {
            boolean[] came = {false};
            accuracy.poll().forEach(record -> {
                live.take(record);
                came[0] = true;
            });
            complete = !came[0] && live.isComplete(ledger.result().errors());
        }
    }

    private ReplayReport send(LocalStream local, int from, int to) {
        long first = series.firstSlot();
        return new Replayer(local.client())
                .replay(
                        SeriesSource.everySlot(series),
                        new ReplayOptions(
                                Speed.MAX, first + from, first + to, ValueFormat.JSON, ReplayOptions.Progress.NEVER));
    }

    private void book(ConsumerRecord<String, byte[]> record) {
        try {
            ledger.take(codec.decode(record.value(), record.headers()));
        } catch (BadForecastException e) {
            throw new IllegalStateException("no forecast at offset " + record.offset() + ": " + e.getMessage(), e);
        }
    }
}
