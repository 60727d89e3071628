package dev.headwater.trainer.forecast;

import dev.headwater.forecasting.evaluation.Breakdown;
import dev.headwater.forecasting.evaluation.ErrorGroup;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The section of a model card on the largest errors on the test part.
final class FailureModes {

    private static final int WORST = 3;

    private FailureModes() {}

    /// @param unit of the target
    static String of(Breakdown.Table breakdown, String unit) {
        StringBuilder text = new StringBuilder("## Where it fails\n\nMAE in ")
                .append(unit)
                .append(" over all lead times of the test part.\n\n");
        List<ErrorGroup> sensors = byMae(breakdown.perSensor());
        if (!sensors.isEmpty()) {
            text.append(String.format(
                    Locale.ROOT,
                    "- Sensors: from %.3f to %.3f, median %.3f; the worst are %s.\n",
                    sensors.getLast().mae(),
                    sensors.getFirst().mae(),
                    sensors.get(sensors.size() / 2).mae(),
                    worst(sensors, "")));
            text.append("- Hours: the worst are ")
                    .append(worst(byMae(breakdown.byHour()), ":00"))
                    .append(".\n");
        }
        if (breakdown.congestion() != null) {
            text.append(congestion(breakdown.congestion()));
        }
        return text.append(String.format(
                        Locale.ROOT,
                        "- Bias, forecast minus truth: %.3f on average, %.3f at the last step.\n",
                        breakdown.meanBias(),
                        breakdown.bias().getLast()))
                .toString();
    }

    private static String congestion(Breakdown.Split split) {
        String groups = split.groups().stream()
                .map(group -> String.format(
                        Locale.ROOT,
                        "%s %.3f (bias %.3f, %d truths)",
                        group.name(),
                        group.mae(),
                        group.bias(),
                        group.n()))
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "- Congestion, a speed below %.0f %% of the sensor's 95th percentile in training: %s.\n",
                100 * split.below(),
                groups);
    }

    private static List<ErrorGroup> byMae(List<ErrorGroup> groups) {
        return groups.stream()
                .sorted(Comparator.comparingDouble(ErrorGroup::mae).reversed())
                .toList();
    }

    private static String worst(List<ErrorGroup> groups, String suffix) {
        return groups.stream()
                .limit(WORST)
                .map(group -> String.format(Locale.ROOT, "%s%s (%.3f)", group.name(), suffix, group.mae()))
                .collect(Collectors.joining(", "));
    }
}
