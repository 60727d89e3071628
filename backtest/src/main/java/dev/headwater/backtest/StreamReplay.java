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
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Sends the readings of a range through a [LocalStream], and records the forecasts in a ledger.
final class StreamReplay {

    private final Series series;
    private final ServedModel model;
    private final Guarantee guarantee;
    private final ForecastLedger ledger;
    private final ForecastCodec codec;

    StreamReplay(Series series, ServedModel model, Guarantee guarantee, ForecastLedger ledger) {
        this.series = series;
        this.model = model;
        this.guarantee = guarantee;
        this.ledger = ledger;
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
                TopicReader reader = local.read(Topics.of(series.network()).forecasts())) {
            int first = ledger.firstRow();
            int middle = restart ? (first + ledger.endRow()) / 2 : first;
            double before = restart ? serve(local, reader, progress, first, middle) : 0;
            double seconds = before + serve(local, reader, progress, middle, ledger.endRow());
            reader.drain(this::book); // the stream is closed: all is committed
            return seconds;
        }
    }

    /// Runs the stream while the rows `[from, to)` flow through it.
    private double serve(LocalStream local, TopicReader reader, LongConsumer progress, int from, int to)
            throws InterruptedException {
        // The stream starts with the seasonal states before the first reading sent, and updates them by itself.
        ServedModel served = model.with(SeriesSeasonalStates.after(series, ledger.firstRow(), model.seasonalStates()));
        try (StreamApp app = local.serve(served, guarantee, new SimpleMeterRegistry())) {
            return Flow.through(
                            () -> send(local, from, to),
                            () -> {
                                reader.poll().forEach(this::book);
                                progress.accept(ledger.distinct());
                            },
                            ledger::distinct,
                            ledger.expected(to),
                            "forecasts")
                    .seconds();
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
            ledger.take(codec.decode(record.value()));
        } catch (BadForecastException e) {
            throw new IllegalStateException("no forecast at offset " + record.offset() + ": " + e.getMessage(), e);
        }
    }
}
