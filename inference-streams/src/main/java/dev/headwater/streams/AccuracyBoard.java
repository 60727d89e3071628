package dev.headwater.streams;

import dev.headwater.forecasting.accuracy.AccuracyMerge;
import dev.headwater.forecasting.accuracy.AccuracyReport;
import dev.headwater.forecasting.accuracy.AccuracySums;
import dev.headwater.forecasting.accuracy.Span;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/// The live accuracy of the model in service, over all tasks of an instance, for metrics. Thread-safe:
/// tasks write, scrapes read.
final class AccuracyBoard {

    private final Map<Object, AccuracyReport> reports = new ConcurrentHashMap<>(); // by task
    private volatile Map<Span, AccuracySums> figures = Map.of(); // not changed any more

    void report(Object task, AccuracyReport report) {
        reports.put(task, report);
        merge();
    }

    void leave(Object task) {
        reports.remove(task);
        merge();
    }

    private void merge() {
        AccuracyMerge merge = new AccuracyMerge();
        reports.values().forEach(merge::take);
        figures = merge.champion().map(AccuracyReport.Model::spans).orElse(Map.of());
    }

    /// A figure of a span; NaN when nothing was compared in it.
    double figure(Span span, ToDoubleFunction<AccuracySums> figure) {
        AccuracySums sums = figures.get(span);
        return sums == null ? Double.NaN : figure.applyAsDouble(sums);
    }
}
