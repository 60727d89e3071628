package dev.headwater.forecasting.evaluation;

import dev.headwater.forecasting.Forecaster;
import dev.headwater.forecasting.interval.IntervalFit;
import dev.headwater.forecasting.interval.IntervalTable;
import dev.headwater.forecasting.interval.Levels;
import dev.headwater.forecasting.network.GapPolicy;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.forecasting.reading.SeriesHistory;
import dev.headwater.forecasting.truth.CausalIntervals;
import dev.headwater.forecasting.window.WindowBatch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Evaluates a forecaster on windows of history: every window of a range, for every sensor.
///
/// Work is split into chunks of one sensor. The chunks are scored in order, so the errors do not depend on
/// the number of threads.
public final class Evaluation {

    private static final int CHUNK = 1024;

    private final Series series;
    private final SeriesHistory history;
    private final ChronologicalSplit.Range range;
    private final int threads;

    /// Evaluates every window of a range.
    ///
    /// @param range windows to evaluate
    public Evaluation(Series series, ChronologicalSplit.Range range) {
        this(series, new SeriesHistory(series), range);
    }

    /// Evaluates every window of a range, with seasonal states that may have begun before the series.
    ///
    /// @param history history of that series
    /// @param range   windows to evaluate
    public Evaluation(Series series, SeriesHistory history, ChronologicalSplit.Range range) {
        this.series = series;
        this.history = history;
        this.range = range;
        this.threads = Runtime.getRuntime().availableProcessors();
    }

    /// Result of an evaluation.
    ///
    /// @param errors    per step
    /// @param intervals scores of the intervals, narrowest first; empty when the model has none
    /// @param crps      mean continuous ranked probability score; null when the model has no intervals
    /// @param forecasts number of forecasts
    /// @param abstained number of windows with too few observations for a forecast
    public record Result(
            HorizonErrors errors,
            List<IntervalReport> intervals,
            @Nullable Double crps,
            long forecasts,
            long abstained) {

        /// What a scorer has counted.
        public static Result of(Scorer scorer, long abstained) {
            return new Result(scorer.errors(), scorer.intervals(), scorer.crps(), scorer.forecasts(), abstained);
        }
    }

    /// Errors of the forecaster over the whole range.
    public Result errors(Forecaster forecaster) {
        return errors(forecaster, null, Scorer.Sink.NONE, done -> {});
    }

    /// Errors of the forecaster over the whole range.
    ///
    /// @param table    fitted intervals, from which those of each sensor learn as the truths arrive; null for
    ///                 none
    /// @param sink     also receives all forecasts, sensor by sensor in chronological order, on the calling
    ///                 thread
    /// @param progress receives the number of windows done so far
    public Result errors(
            Forecaster forecaster, @Nullable IntervalTable table, Scorer.Sink sink, LongConsumer progress) {
        Scorer scorer = new Scorer(series.network().window(), history, sink);
        long[] abstained = {0};
        forEachChunk(forecaster, table, table != null, chunk -> {
            for (int w = 0; w < chunk.batch.count(); w++) {
                score(chunk, w, scorer);
            }
            abstained[0] += chunk.abstained;
            progress.accept(scorer.forecasts() + abstained[0]);
        });
        return Result.of(scorer, abstained[0]);
    }

    private static void score(Chunk chunk, int window, Scorer scorer) {
        String sensor = chunk.batch.sensor(window);
        long slot = chunk.batch.issuedAt(window);
        int horizon = chunk.out.length / chunk.batch.count();
        int at = window * horizon;
        Bounds bounds = chunk.bounds;
        if (bounds == null) {
            scorer.add(sensor, slot, chunk.out, at, null, null, 0);
        } else {
            Levels levels = bounds.table.levels();
            scorer.add(sensor, slot, chunk.out, at, levels, bounds.values, at * levels.bounds());
            scorer.addFixed(sensor, slot, chunk.out, at, bounds.table);
        }
    }

    /// Fits intervals on the forecasts of the range.
    ///
    /// @return null when a step has no truth at all
    public @Nullable IntervalTable fitIntervals(Forecaster forecaster, Levels levels) {
        long windows = (long) range.count() * series.sensors().size();
        IntervalFit fit = new IntervalFit(series.network().window(), levels, windows);
        forEachChunk(forecaster, null, true, chunk -> fit.add(chunk.batch, chunk.out, history));
        return fit.table();
    }

    /// @param out    `[window][horizon]`
    /// @param bounds null without intervals
    private record Chunk(
            WindowBatch batch,
            float[] out,
            int abstained,
            @Nullable Bounds bounds) {

        /// @param intervals of the sensor, which have seen its earlier chunks
        Chunk bounded(CausalIntervals intervals) {
            int each = intervals.table().horizon() * intervals.table().levels().bounds();
            float[] values = new float[batch.count() * each];
            for (int w = 0; w < batch.count(); w++) {
                System.arraycopy(intervals.of(batch, w, out), 0, values, w * each, each);
            }
            return new Chunk(batch, out, abstained, new Bounds(intervals.table(), values));
        }
    }

    /// @param values `[window][step][level][lower, upper]`
    private record Bounds(IntervalTable table, float[] values) {}

    @FunctionalInterface
    private interface ChunkSink {
        void accept(Chunk chunk);
    }

    /// The sink takes the chunks in order, while later ones are made.
    ///
    /// @param table    of the chunks' intervals; null for none
    /// @param seasonal whether the sink reads the seasonal inputs of the windows
    private void forEachChunk(Forecaster forecaster, @Nullable IntervalTable table, boolean seasonal, ChunkSink sink) {
        boolean withSeasonal = seasonal || forecaster.readsSeasonalState();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            Deque<CompletableFuture<Chunk>> ahead = new ArrayDeque<>();
            for (int s = 0; s < series.sensors().size(); s++) {
                CausalIntervals intervals =
                        table == null ? null : new CausalIntervals(series.network(), table, history);
                CompletableFuture<?> before = CompletableFuture.completedFuture(null);
                for (int first = range.first(); first < range.end(); first += CHUNK) {
                    int sensor = s;
                    int from = first;
                    CompletableFuture<Chunk> chunk =
                            CompletableFuture.supplyAsync(() -> chunk(forecaster, withSeasonal, sensor, from), pool);
                    if (intervals != null) { // they learn from the sensor's chunks one after the other
                        chunk = chunk.thenCombineAsync(before, (made, past) -> made.bounded(intervals), pool);
                        before = chunk;
                    }
                    ahead.add(chunk);
                    if (ahead.size() > 4 * threads) {
                        sink.accept(finished(ahead.removeFirst()));
                    }
                }
            }
            ahead.forEach(chunk -> sink.accept(finished(chunk)));
        }
    }

    private Chunk chunk(Forecaster forecaster, boolean seasonal, int sensor, int from) {
        SensorNetwork network = series.network();
        GapPolicy gap = network.gap();
        int count = Math.min(CHUNK, range.end() - from);
        WindowBatch batch = seasonal
                ? new WindowBatch(network, count, history)
                : WindowBatch.withoutSeasonalState(network, count, history);
        for (int first = from; first < from + count; first++) {
            batch.add(series, sensor, first);
            if (gap.abstains(batch.observed(batch.count() - 1), batch.lookback())) {
                batch.removeLast();
            }
        }
        float[] out = new float[batch.count() * forecaster.horizon()];
        forecaster.forecast(batch, out);
        return new Chunk(batch, out, count - batch.count(), null);
    }

    private static Chunk finished(CompletableFuture<Chunk> chunk) {
        try {
            return chunk.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while evaluating", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("evaluation failed: " + e.getCause(), e.getCause());
        }
    }
}
