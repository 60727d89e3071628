package dev.headwater.forecasting.accuracy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Puts the newest reports of all partitions together: the figures of the network. Not thread-safe.
public final class AccuracyMerge {

    private final Map<Integer, AccuracyReport> newest = new TreeMap<>(); // by partition

    /// Takes a report, unless a newer one of its partition was taken. Of two of the same time the later one
    /// counts.
    public void take(AccuracyReport report) {
        newest.merge(report.partition(), report, (old, one) -> one.time() < old.time() ? old : one);
    }

    /// The models of all partitions, those first that the first partition names first. A model has the role
    /// that its first partition gives it.
    public List<AccuracyReport.Model> models() {
        List<AccuracyReport.Model> merged = new ArrayList<>();
        newest.values().forEach(report -> report.models().forEach(model -> add(merged, model)));
        return merged;
    }

    /// The model whose forecasts are issued.
    public Optional<AccuracyReport.Model> champion() {
        return models().stream()
                .filter(model -> model.role() == AccuracyReport.Role.CHAMPION)
                .findFirst();
    }

    private static void add(List<AccuracyReport.Model> merged, AccuracyReport.Model model) {
        for (AccuracyReport.Model known : merged) {
            if (known.isSame(model)) {
                model.spans().forEach((span, sums) -> add(known.spans(), span, sums));
                return;
            }
        }
        Map<Span, AccuracySums> spans = new EnumMap<>(Span.class);
        model.spans().forEach((span, sums) -> add(spans, span, sums));
        merged.add(new AccuracyReport.Model(model.model(), model.artefact(), model.role(), spans));
    }

    private static void add(Map<Span, AccuracySums> spans, Span span, AccuracySums sums) {
        spans.computeIfAbsent(span, absent -> new AccuracySums(sums.horizon(), sums.levels()))
                .addAll(sums.array());
    }

    /// The time up to which all partitions have reported; empty before the first report.
    public Optional<Long> time() {
        return newest.values().stream().map(AccuracyReport::time).min(Long::compare);
    }
}
