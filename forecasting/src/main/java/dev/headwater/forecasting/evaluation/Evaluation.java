package dev.headwater.forecasting.evaluation;

import dev.headwater.forecasting.Forecaster;
import dev.headwater.forecasting.network.GapPolicy;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.WindowSpec;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.forecasting.reading.SeriesHistory;
import dev.headwater.forecasting.window.WindowBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;

/// Judges a forecaster on windows of history: every window of a range, every sensor.
///
/// Work is cut into chunks of one sensor; chunks are counted in their order, so the figures do not depend on the number
/// of threads.
public final class Evaluation {

    private static final int CHUNK = 1024;

    private final Series series;
    private final SeriesHistory history;
    private final ChronologicalSplit.Range range;
    private final int threads;

    /// Judges on every window of a range.
    ///
    /// @param range windows to judge
    public Evaluation(Series series, ChronologicalSplit.Range range) {
        this(series, new SeriesHistory(series), range);
    }

    /// Judges on every window of a range, with a past that may have begun before the series.
    ///
    /// @param history of that series
    /// @param range   windows to judge
    public Evaluation(Series series, SeriesHistory history, ChronologicalSplit.Range range) {
        this.series = series;
        this.history = history;
        this.range = range;
        this.threads = Runtime.getRuntime().availableProcessors();
    }

    /// Receives every forecast that was made, chunk by chunk on one thread.
    @FunctionalInterface
    public interface Sink {
        /// Takes one chunk.
        ///
        /// @param batch     the windows; those for which the gap policy abstains are not among them
        /// @param forecasts `[window][horizon]`
        void accept(WindowBatch batch, float[] forecasts);
    }

    /// What came out.
    ///
    /// @param errors    per step
    /// @param forecasts forecasts made
    /// @param abstained windows too empty for a forecast
    public record Result(HorizonErrors errors, long forecasts, long abstained) {}

    /// Errors of the forecaster over the whole range.
    public Result errors(Forecaster forecaster) {
        return errors(forecaster, (batch, out) -> {}, done -> {});
    }

    /// Errors of the forecaster over the whole range.
    ///
    /// @param sink     sees all forecasts besides
    /// @param progress told the number of windows done so far
    public Result errors(Forecaster forecaster, Sink sink, LongConsumer progress) {
        HorizonErrors errors = new HorizonErrors(forecaster.horizon());
        long[] counted = new long[2]; // forecasts, abstained
        forEachChunk(forecaster, chunk -> {
            count(series.network().window(), chunk.batch, chunk.out, history, errors);
            sink.accept(chunk.batch, chunk.out);
            counted[0] += chunk.batch.count();
            counted[1] += chunk.abstained;
            progress.accept(counted[0] + counted[1]);
        });
        return new Result(errors, counted[0], counted[1]);
    }

    /// Counts forecasts against the truth.
    ///
    /// @param out `[window][horizon]`
    public static void count(
            WindowSpec window, WindowBatch batch, float[] out, SeriesHistory truth, HorizonErrors errors) {
        int horizon = errors.horizon();
        for (int w = 0; w < batch.count(); w++) {
            for (int step = 0; step < horizon; step++) {
                long slot = batch.issuedAt(w) + window.lead(step + 1);
                errors.add(step, out[w * horizon + step], truth.target(batch.sensor(w), slot));
            }
        }
    }

    private record Chunk(WindowBatch batch, float[] out, int abstained) {}

    @FunctionalInterface
    private interface ChunkSink {
        void accept(Chunk chunk);
    }

    private void forEachChunk(Forecaster forecaster, ChunkSink sink) {
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<Chunk>> ahead = new ArrayList<>();
            for (int s = 0; s < series.sensors().size(); s++) {
                for (int first = range.first(); first < range.end(); first += CHUNK) {
                    int sensor = s;
                    int from = first;
                    ahead.add(pool.submit(() -> chunk(forecaster, sensor, from)));
                    if (ahead.size() > 4 * threads) {
                        sink.accept(finished(ahead.removeFirst()));
                    }
                }
            }
            ahead.forEach(chunk -> sink.accept(finished(chunk)));
        }
    }

    private Chunk chunk(Forecaster forecaster, int sensor, int from) {
        SensorNetwork network = series.network();
        GapPolicy gap = network.gap();
        int count = Math.min(CHUNK, range.end() - from);
        WindowBatch batch = new WindowBatch(network, count, history);
        for (int first = from; first < from + count; first++) {
            batch.add(series, sensor, first);
            if (gap.abstains(batch.observed(batch.count() - 1), batch.lookback())) {
                batch.removeLast();
            }
        }
        float[] out = new float[batch.count() * forecaster.horizon()];
        forecaster.forecast(batch, out);
        return new Chunk(batch, out, count - batch.count());
    }

    private static Chunk finished(Future<Chunk> chunk) {
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
