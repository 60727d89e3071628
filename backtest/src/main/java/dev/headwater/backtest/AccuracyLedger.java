package dev.headwater.backtest;

import dev.headwater.bus.AccuracyCodec;
import dev.headwater.forecasting.accuracy.AccuracyMerge;
import dev.headwater.forecasting.accuracy.AccuracyReport;
import dev.headwater.forecasting.accuracy.AccuracySums;
import dev.headwater.forecasting.accuracy.IntervalSums;
import dev.headwater.forecasting.accuracy.Scored;
import dev.headwater.forecasting.accuracy.Span;
import dev.headwater.forecasting.evaluation.ErrorTable;
import dev.headwater.forecasting.evaluation.HorizonErrors;
import dev.headwater.forecasting.interval.IntervalScores;
import dev.headwater.forecasting.network.SensorNetwork;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// Reads the topic of live accuracy: the figures of the forecasts until a slot. Not thread-safe.
///
/// The stream goes on to forecast and to compare after that slot. But a step counts at its target slot: so
/// of each step the figures are those of the record of the slot at which the last of the forecasts had its
/// truth.
final class AccuracyLedger {

    private final SensorNetwork network;
    private final long lastIssued;
    private final AccuracyCodec codec = new AccuracyCodec();
    private final Map<String, byte[]>[] records; // [step], by partition: the newest until the step's time

    /// @param lastIssued slot of the last forecasts that count
    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of maps
    AccuracyLedger(SensorNetwork network, long lastIssued) {
        this.network = network;
        this.lastIssued = lastIssued;
        this.records = new Map[network.window().horizon()];
        for (int step = 0; step < records.length; step++) {
            records[step] = new HashMap<>();
        }
    }

    /// Takes the records of a partition in their order.
    void take(ConsumerRecord<String, byte[]> record) {
        for (int step = 0; step < records.length; step++) {
            if (record.timestamp() <= endOf(step)) {
                records[step].put(record.key(), record.value());
            }
        }
    }

    /// End of the slot for which the last forecast was made at a step.
    private long endOf(int step) {
        return network.clock().startMillis(lastIssued + network.window().lead(step + 1) + 1);
    }

    /// The sums of all partitions until the step's time; null when there are none.
    private @Nullable AccuracySums sums(int step) {
        AccuracyMerge merge = new AccuracyMerge();
        records[step].values().forEach(record -> merge.take(codec.decode(record)));
        AccuracyReport.Model champion = merge.champion().orElse(null);
        return champion == null ? null : champion.spans().get(Span.START);
    }

    /// Whether the truths of all steps have been compared.
    ///
    /// @param expected with the counts of these truths
    boolean isComplete(HorizonErrors expected) {
        for (int step = expected.horizon() - 1; step >= 0; step--) {
            AccuracySums sums = sums(step);
            long counted = sums == null ? 0 : sums.errors(Scored.MODEL).count(step);
            if (counted < expected.count(step)) {
                return false;
            }
        }
        return true;
    }

    /// The figures; null when the topic has none.
    @Nullable
    LiveFigures figures() {
        HorizonErrors errors = new HorizonErrors(records.length);
        IntervalTotals intervals = new IntervalTotals();
        for (int step = 0; step < records.length; step++) {
            AccuracySums sums = sums(step);
            if (sums == null) {
                return null;
            }
            HorizonErrors model = sums.errors(Scored.MODEL);
            errors.put(
                    step,
                    model.count(step),
                    model.nonZero(step),
                    model.mae(step),
                    model.rmse(step),
                    model.mape(step),
                    model.bias(step));
            intervals.add(sums, step);
        }
        ErrorTable table = errors.table(network);
        return new LiveFigures(table.horizons(), table.mean(), intervals.rows(), intervals.crps());
    }

    /// Scores of the intervals over all steps.
    private static final class IntervalTotals {

        private final Map<Double, double[]> byLevel = new TreeMap<>(); // n, inside, width, Winkler
        private long truths;
        private double crps;

        void add(AccuracySums sums, int step) {
            long counted = sums.errors(Scored.MODEL).count(step);
            if (counted > 0) {
                truths += counted;
                crps += counted * sums.crps(step);
            }
            IntervalSums from = sums.intervals();
            for (int level = 0; level < sums.levels().size(); level++) {
                long n = from.count(level, step);
                if (n > 0) {
                    double[] totals = byLevel.computeIfAbsent(sums.levels().get(level), absent -> new double[4]);
                    totals[0] += n;
                    totals[1] += n * from.coverage(level, step);
                    totals[2] += n * from.width(level, step);
                    totals[3] += n * from.winkler(level, step);
                }
            }
        }

        @Nullable
        Double crps() {
            double mean = crps / truths;
            return Double.isNaN(mean) ? null : mean;
        }

        List<IntervalScores.Row> rows() {
            List<IntervalScores.Row> rows = new ArrayList<>();
            byLevel.forEach((level, totals) -> rows.add(new IntervalScores.Row(
                    level, totals[1] / totals[0], totals[2] / totals[0], totals[3] / totals[0])));
            return rows;
        }
    }
}
