package dev.headwater.trainer.service;

import dev.headwater.forecasting.artefact.ForecastModel;
import dev.headwater.forecasting.artefact.GruForecaster;
import dev.headwater.forecasting.artefact.ModelManifest;
import dev.headwater.forecasting.evaluation.ChronologicalSplit;
import dev.headwater.forecasting.evaluation.ChronologicalSplit.Part;
import dev.headwater.forecasting.evaluation.ChronologicalSplit.Range;
import dev.headwater.forecasting.evaluation.Evaluation;
import dev.headwater.forecasting.network.SlotClock;
import dev.headwater.forecasting.network.WindowSpec;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.forecasting.reading.SeriesHistory;
import java.time.Instant;
import java.util.Optional;

/// Two models on the newest windows of a history whose truths neither has seen: not in training, and not in
/// validation, by which its parameters were chosen.
///
/// @param from       first slot that a forecast was issued at, ISO-8601
/// @param to         last slot that a forecast was issued at, ISO-8601
/// @param windows    of each sensor
/// @param champion   mean masked MAE over the steps, unit of the target
/// @param challenger of the other model, on the same windows
public record Contest(String from, String to, int windows, double champion, double challenger) {

    /// Judges both on the windows of the test part that neither knows.
    ///
    /// @param series     the challenger's history
    /// @param challenger trained on that history
    /// @param champion   trained on any history of the network
    /// @return empty when that is less than a day: then no verdict would hold for all hours
    static Optional<Contest> of(Series series, ForecastModel challenger, ForecastModel champion) {
        Range test = ChronologicalSplit.of(series).range(Part.TEST);
        long known = Math.max(lastKnown(challenger.manifest()), lastKnown(champion.manifest()));
        int span = series.network().window().span();
        long first = Math.max(test.first(), known - series.firstSlot() - span + 1); // its first step is unknown
        if (test.end() - first < series.network().clock().slotsPerDay()) {
            return Optional.empty();
        }
        Range unseen = new Range((int) first, (int) (test.end() - first));
        SlotClock clock = series.network().clock();
        long issued = series.firstSlot() + first + span - 1;
        return Optional.of(new Contest(
                clock.start(issued).toString(),
                clock.start(issued + unseen.count() - 1).toString(),
                unseen.count(),
                meanMae(series, unseen, champion),
                meanMae(series, unseen, challenger)));
    }

    /// The last slot whose truth trained a model or chose its parameters: the end of its validation part.
    private static long lastKnown(ModelManifest manifest) {
        SlotClock clock = manifest.network().clock();
        WindowSpec window = manifest.network().window();
        long first = clock.slotOf(Instant.parse(manifest.provenance().from()).toEpochMilli());
        long last = clock.slotOf(Instant.parse(manifest.provenance().to()).toEpochMilli());
        ChronologicalSplit split = ChronologicalSplit.of(manifest.network(), (int) (last - first + 1));
        int newest = split.range(Part.VALIDATION).end() - 1;
        return first + newest + window.spanWithHorizon() - 1;
    }

    private static double meanMae(Series series, Range range, ForecastModel model) {
        return new Evaluation(series, new SeriesHistory(series, model.seasonalStates()), range)
                .errors(GruForecaster.of(model, series.network()))
                .errors()
                .table(series.network())
                .mean()
                .mae();
    }

    /// The share by which the challenger's error is below the champion's; negative when it is above.
    public double gain() {
        return 1 - challenger / champion;
    }
}
