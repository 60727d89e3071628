package dev.headwater.lab.engine;

import dev.headwater.lab.data.Dataset;
import dev.headwater.lab.definition.RowSpec;
import dev.headwater.lab.definition.RowSpec.Metric;
import dev.headwater.lab.definition.RowSpec.Part;
import dev.headwater.lab.definition.TrainingSpec;
import dev.headwater.trainer.Natives;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Collects what a run gives.
final class Outcome {

    private final RowSpec row;
    private final RunSettings settings;
    private final String data;
    private final boolean sameData;
    private final String unit;
    private final @Nullable Scores ours;
    private final @Nullable Scores naive;
    private double figure;
    private long parameters;
    private int bestEpoch;
    private String setting = "";
    private List<EpochFigures> curve = List.of();
    private final List<String> notes = new ArrayList<>();
    private final Map<String, byte[]> pictures = new LinkedHashMap<>();

    /// Scores on the two parts.
    record Scores(PartScore validation, PartScore test) {

        PartScore of(Part part) {
            return switch (part) {
                case VALIDATION -> validation;
                case TEST -> test;
            };
        }
    }

    private Outcome(
            RowSpec row,
            RunSettings settings,
            String data,
            boolean sameData,
            String unit,
            @Nullable Scores ours,
            @Nullable Scores naive) {
        this.row = row;
        this.settings = settings;
        this.data = data;
        this.sameData = sameData;
        this.unit = unit;
        this.ours = ours;
        this.naive = naive;
    }

    /// The outcome of scoring on data.
    static Outcome of(RowSpec row, RunSettings settings, Dataset data, Scores ours, Scores naive) {
        Outcome outcome = new Outcome(row, settings, data.name(), data.same(), data.unit(), ours, naive);
        outcome.figure = ours.of(row.metric().part()).figure();
        return outcome;
    }

    /// The outcome of a check.
    static Outcome of(RowSpec row, RunSettings settings, Checks.Checked checked) {
        Outcome outcome = new Outcome(row, settings, "values in the document", true, "", null, null);
        outcome.figure = checked.difference();
        outcome.notes.addAll(checked.notes());
        return outcome;
    }

    /// The network behind the scores. Where the document's figure is that of an epoch, ours is that of the same.
    void trained(Fitting fitting, long count, int best, TrainingSpec training) {
        curve = fitting.curve();
        parameters = count;
        bestEpoch = best;
        setting = settingOf(training, curve.size());
        figure = atEpoch(figure);
    }

    private double atEpoch(double best) {
        Metric metric = row.metric();
        return metric.epoch() == null || metric.part() == Part.TEST
                ? best
                : curve.get(Math.min(metric.epoch(), curve.size()) - 1).validation();
    }

    private static String settingOf(TrainingSpec training, int epochs) {
        String each = training.samplesPerEpoch() == null
                ? ""
                : String.format(Locale.ROOT, " of %,d examples", training.samplesPerEpoch());
        return epochs + (epochs == 1 ? " epoch" : " epochs") + each;
    }

    /// Replaces the figure by another than a score.
    void figure(double found) {
        figure = found;
    }

    void note(String sentence) {
        notes.add(sentence);
    }

    void picture(String name, byte[] png) {
        pictures.put(name, png);
    }

    List<EpochFigures> curve() {
        return curve;
    }

    @Nullable
    Scores ours() {
        return ours;
    }

    /// What naive reaches where ours is measured; null where there is none.
    @Nullable
    Double naiveFigure() {
        return naive == null || row.sweep() != null
                ? null
                : Double.valueOf(naive.of(row.metric().part()).figure());
    }

    /// Title of an axis with the row's figure.
    String axis() {
        RowSpec.Figure kind = row.sweep() == null ? row.metric().figure() : RowSpec.Figure.MAE;
        if (kind.isHigherBetter()) {
            return "accuracy, %";
        }
        return unit.isEmpty() ? kind.toString() : kind + ", " + unit;
    }

    RowRun finish(long begun) {
        Metric metric = row.metric();
        RowResult result = new RowResult(
                row.row(),
                row.title(),
                row.document(),
                label(),
                metric.document(),
                metric.told(),
                figure,
                naiveFigure(),
                metric.naive(),
                metric.figure(),
                ours == null ? null : Double.valueOf(atEpoch(ours.validation().figure())),
                ours == null ? null : Double.valueOf(ours.test().figure()),
                data,
                sameData,
                settings.full() || row.isAlwaysFull(),
                setting,
                parameters,
                (System.nanoTime() - begun) / 1e9,
                settings.seed(),
                bestEpoch,
                curve,
                List.copyOf(notes),
                List.copyOf(pictures.keySet()),
                row.remark(),
                Natives.machine(),
                Results.fingerprint(row));
        return new RowRun(result, pictures);
    }

    private String label() {
        RowSpec.Figure kind = row.metric().figure();
        String part = row.metric().part() == Part.TEST ? "test" : "validation";
        String withUnit = unit.isEmpty() || kind.isHigherBetter() ? "" : ", " + unit;
        return switch (kind) {
            case DIFFERENCE -> "largest difference";
            case RATE -> "learning rate";
            case MAE, MSE, RMSE -> part + " " + kind + withUnit;
            case ACCURACY -> part + " accuracy";
        };
    }
}
