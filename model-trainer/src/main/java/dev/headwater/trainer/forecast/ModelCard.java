package dev.headwater.trainer.forecast;

import dev.headwater.forecasting.Words;
import dev.headwater.forecasting.artefact.ModelManifest;
import dev.headwater.forecasting.artefact.ModelManifest.Provenance;
import dev.headwater.forecasting.artefact.ModelMetrics;
import dev.headwater.forecasting.evaluation.Breakdown;
import dev.headwater.forecasting.evaluation.ChronologicalSplit;
import dev.headwater.forecasting.evaluation.ErrorTable;
import dev.headwater.forecasting.interval.IntervalTable;
import dev.headwater.forecasting.network.SensorNetwork;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The model card in Markdown (Mitchell et al., *Model Cards for Model Reporting*, 2019): purpose, data,
/// training, figures beside the baselines, failure modes and limits.
final class ModelCard {

    private final ModelManifest manifest;
    private final @Nullable IntervalTable intervals;
    private final ModelMetrics metrics;
    private final ChronologicalSplit split;
    private final ValidationHalves halves;
    private final TrainingRun.Outcome outcome;

    private ModelCard(
            ModelManifest manifest,
            @Nullable IntervalTable intervals,
            ModelMetrics metrics,
            ChronologicalSplit split,
            ValidationHalves halves,
            TrainingRun.Outcome outcome) {
        this.manifest = manifest;
        this.intervals = intervals;
        this.metrics = metrics;
        this.split = split;
        this.halves = halves;
        this.outcome = outcome;
    }

    /// @param intervals null when there was no data to fit them
    /// @param breakdown of the errors on the test part
    static String of(
            ModelManifest manifest,
            @Nullable IntervalTable intervals,
            ModelMetrics metrics,
            ChronologicalSplit split,
            ValidationHalves halves,
            TrainingRun.Outcome outcome,
            Breakdown.Table breakdown) {
        ModelCard card = new ModelCard(manifest, intervals, metrics, split, halves, outcome);
        return String.join(
                "\n",
                card.purpose(),
                card.data(),
                card.training(),
                card.figures(),
                FailureModes.of(breakdown, card.unit()),
                card.limits());
    }

    private String purpose() {
        SensorNetwork network = manifest.network();
        return """
                # %s for %s

                Forecasts `%s` (%s) of every sensor for the next %s from the last %s. One set of weights for
                all sensors: an encoder-decoder GRU with %d units and %d parameters (Cho et al. 2014), whose output is
                added to the last observed value.
                """.formatted(
                        manifest.name(),
                        network.title(),
                        network.target(),
                        unit(),
                        steps(network.window().horizon(), network.window().horizonStride()),
                        steps(network.window().lookback(), network.window().stride()),
                        manifest.architecture().hidden(),
                        manifest.architecture().parameterCount());
    }

    /// `12 slots of PT5M`, `120 samples of PT1H`.
    private String steps(int count, int stride) {
        Duration step = manifest.network().interval().multipliedBy(stride);
        return Words.count(count, stride == 1 ? "slot" : "sample") + " of " + step;
    }

    private String data() {
        Provenance provenance = manifest.provenance();
        return """
                ## Data

                | | |
                |---|---|
                | source | `%s` |
                | SHA-256 | `%s` |
                | span | %s to %s |
                | licence | %s |
                | sensors | %d |
                | split, in order of time | %d training, %d validation, %d test windows a sensor |

                Scaler and baselines were fitted on the training part alone.
                """.formatted(
                        provenance.source(),
                        provenance.fingerprint(),
                        provenance.from(),
                        provenance.to(),
                        manifest.network().licence() == null
                                ? "not stated"
                                : manifest.network().licence(),
                        manifest.sensors().size(),
                        split.train(),
                        split.validation(),
                        split.test());
    }

    private String training() {
        Provenance provenance = manifest.provenance();
        String settings = provenance.settings().entrySet().stream()
                .map(one -> "`" + one.getKey() + "` " + one.getValue())
                .collect(Collectors.joining(", "));
        return """
                ## Training

                Masked MAE, AdamW, early stopping on %s; epoch %d of %d was the best. Seed %d. Settings: %s. Code at `%s`, made %s on %s.
                """.formatted(
                        halves.areApart() ? "the first half of the validation part" : "the validation part",
                        outcome.bestEpoch(),
                        outcome.begun(),
                        provenance.seed(),
                        settings,
                        provenance.commit(),
                        provenance.created(),
                        provenance.environment());
    }

    private String figures() {
        StringBuilder rows = new StringBuilder();
        List<Integer> steps = metrics.test().shown().stream()
                .map(ErrorTable.Step::step)
                .distinct()
                .toList();
        rows.append("## Figures\n\nMAE in ").append(unit()).append(", slots without a reading left out.\n\n| |");
        leads(steps).forEach(lead -> rows.append(" ").append(lead).append(" |"));
        rows.append(" mean |\n|---|").append("---|".repeat(steps.size() + 1)).append('\n');
        rows.append(row("**" + manifest.name() + "**, test", metrics.test(), steps));
        metrics.baselines().forEach((name, table) -> rows.append(row(name + ", test", table, steps)));
        rows.append(row(manifest.name() + ", validation", metrics.validation(), steps));
        return rows.append('\n').append(intervals()).toString();
    }

    private List<String> leads(List<Integer> steps) {
        return Words.times(
                steps.stream().mapToDouble(manifest.network()::minutes).toArray());
    }

    private static String row(String name, ErrorTable table, List<Integer> steps) {
        String cells = steps.stream()
                .map(step -> decimals(table.horizons().get(step - 1).mae()))
                .collect(Collectors.joining(" | "));
        return "| " + name + " | " + cells + " | " + decimals(table.mean().mae()) + " |\n";
    }

    private String intervals() {
        if (intervals == null) {
            return "No intervals: the validation part had no truths to fit them on.\n";
        }
        String levels = intervals.levels().values().stream()
                .map(level -> number(100 * level) + " %")
                .collect(Collectors.joining(" and "));
        return """
                Intervals of %s: quantiles of the residuals by step and by what is known at issue time, fitted on %s.
                In service they are adjusted per sensor and step as the truths arrive.
                """.formatted(
                        levels,
                        halves.areApart()
                                ? "the last %d windows of the validation part, which chose nothing"
                                        .formatted(halves.fitting().count())
                                : "the validation part, which was too short for a half that chose nothing");
    }

    private String limits() {
        return """
                ## Limits

                - Judged on the sensors and the span above; figures on other sensors or other years will differ.
                - It sees one sensor's window, the clock and which sensor it is; no neighbours, weather, holidays or
                  incidents.
                - A sensor that was not in the training data is served by the neutral embedding, at lower accuracy.
                - The test part follows the training part by weeks: in the long run the world moves on, so retrain.
                """;
    }

    private String unit() {
        String unit = manifest.network().targetMeasure().unit();
        return unit.isEmpty() ? "no unit" : unit;
    }

    private static String decimals(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }
}
