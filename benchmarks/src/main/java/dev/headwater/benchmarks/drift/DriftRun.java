package dev.headwater.benchmarks.drift;

import dev.headwater.backtest.LocalStream;
import dev.headwater.bus.DriftCodec;
import dev.headwater.bus.ForecastCodec;
import dev.headwater.bus.TopicReader;
import dev.headwater.bus.Topics;
import dev.headwater.bus.ValueFormat;
import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.artefact.ModelRegistry;
import dev.headwater.forecasting.drift.DriftEvent;
import dev.headwater.forecasting.evaluation.ChronologicalSplit;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.forecasting.reading.SeriesSeasonalStates;
import dev.headwater.ingest.reader.DatasetReader;
import dev.headwater.ingest.replay.ReplayOptions;
import dev.headwater.ingest.replay.Replayer;
import dev.headwater.ingest.replay.SeriesSource;
import dev.headwater.ingest.replay.Speed;
import dev.headwater.streams.Guarantee;
import dev.headwater.streams.ServedModel;
import dev.headwater.streams.StreamApp;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// Sends a history through the real topology, once as it is and once with a planted change of half of the sensors, and
/// prints the drift events and the coverage around the change. Arguments: NETWORK, FILE, MODEL, then perhaps the day of
/// the test part on which the change begins (14) and the factor (0.7).
public final class DriftRun {

    private static final Duration QUIET = Duration.ofSeconds(10);
    private static final int SPANS_BEFORE = 4;
    private static final int SPANS_AFTER = 12;

    private final Series series;
    private final ServedModel model;
    private final PrintStream out;
    private final int firstRow;

    private DriftRun(Series series, ServedModel model, PrintStream out) {
        this.series = series;
        this.model = model;
        this.out = out;
        this.firstRow = ChronologicalSplit.of(series)
                .range(ChronologicalSplit.Part.TEST)
                .first();
    }

    public static void main(String[] arguments) throws Exception {
        SensorNetwork network = NetworkFile.load(arguments[0], Map.of());
        Series series = DatasetReader.read(Path.of(arguments[1]), network).series();
        ServedModel model = ServedModel.of(ModelRegistry.load(Path.of(arguments[2])), network);
        int day = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 14;
        float factor = arguments.length > 4 ? Float.parseFloat(arguments[4]) : 0.7f;
        new DriftRun(series, model, System.out).run(day, factor);
    }

    private void run(int day, float factor) throws Exception {
        int row = firstRow + day * series.network().clock().slotsPerDay();
        out.println("## As it is\n");
        pass(series, row);
        out.printf(
                "%n## Half of the sensors x %s from %s on%n%n",
                factor, series.network().clock().start(series.firstSlot() + row));
        pass(new PlantedChange(row, factor).in(series), row);
    }

    private void pass(Series history, int row) throws Exception {
        Path folder = Files.createTempDirectory("drift");
        CoverageBySpan changed = new CoverageBySpan(history, row);
        CoverageBySpan others = new CoverageBySpan(history, row);
        try (LocalStream local = LocalStream.open(history.network(), folder);
                TopicReader forecasts = local.read(Topics.of(history.network()).forecasts());
                TopicReader events = local.read(Topics.of(history.network()).drift())) {
            play(history, local);
            ForecastCodec codec = new ForecastCodec(history.network());
            forecasts.drain(record -> {
                Forecast forecast = codec.decode(record.value(), record.headers());
                boolean of = PlantedChange.isChanged(history.sensors(), forecast.sensor());
                (of ? changed : others).add(forecast);
            });
            DriftCodec drift = new DriftCodec();
            events.drain(record -> print(drift.decode(record.value())));
        }
        out.println("\nThe first half of the sensors:\n");
        changed.print(out, SPANS_BEFORE, SPANS_AFTER);
        out.println("\nThe others:\n");
        others.print(out, SPANS_BEFORE, SPANS_AFTER);
    }

    /// Returns when no more forecasts come, and the stream is closed.
    private void play(Series history, LocalStream local) throws InterruptedException {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        ServedModel served = model.with(SeriesSeasonalStates.after(history, firstRow, model.seasonalStates()));
        try (StreamApp app = local.serve(served, Guarantee.EXACTLY_ONCE, registry)) {
            long from = history.firstSlot() + firstRow;
            new Replayer(local.client())
                    .replay(
                            SeriesSource.everySlot(history),
                            new ReplayOptions(
                                    Speed.MAX,
                                    from,
                                    history.firstSlot() + history.slots(),
                                    ValueFormat.JSON,
                                    ReplayOptions.Progress.AUTO));
            awaitQuiet(app, registry.get("headwater.forecasts").counter());
        }
    }

    /// Waits until no more forecasts come.
    private static void awaitQuiet(StreamApp app, Counter forecasts) throws InterruptedException {
        double before = -1;
        while (app.isAlive() && forecasts.count() != before) {
            before = forecasts.count();
            Thread.sleep(QUIET.toMillis());
        }
    }

    private void print(DriftEvent event) {
        out.printf(
                "drift: %s, %d of %d sensors, found from %s to %s by %s: %s%n",
                event.scope().word(),
                event.concerned(),
                event.known(),
                Instant.ofEpochMilli(event.from()),
                Instant.ofEpochMilli(event.to()),
                event.kinds(),
                event.sensors());
    }
}
