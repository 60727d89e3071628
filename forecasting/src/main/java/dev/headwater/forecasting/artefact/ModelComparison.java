package dev.headwater.forecasting.artefact;

import dev.headwater.forecasting.evaluation.ErrorTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Compares models: ranked by their validation MAE when they were evaluated on the same data, else not ranked.
///
/// @param ranked      true when the models are in the order of their validation MAE, best first
/// @param reason      why they are not ranked; null when they are
/// @param models      the models, in the order given when not ranked
/// @param differences settings that differ: by name, one value per model
public record ModelComparison(
        boolean ranked, @Nullable String reason, List<Row> models, Map<String, List<String>> differences) {

    /// One model.
    ///
    /// @param path       path as the user gave it
    /// @param model      `name@version`
    /// @param validation mean MAE on the validation part
    /// @param test       errors on the test part
    public record Row(String path, String model, double validation, ErrorTable test) {}

    /// A model and the path the user gave for it.
    public record Named(String path, ForecastModel model) {

        private double validation() {
            return model.metrics().validation().mean().mae();
        }

        private Row row() {
            return new Row(
                    path, model.manifest().id(), validation(), model.metrics().test());
        }

        private Map<String, String> settings() {
            Map<String, String> settings =
                    new LinkedHashMap<>(model.manifest().provenance().settings());
            settings.put("features", model.manifest().network().features().toString());
            settings.put("commit", model.manifest().provenance().commit());
            return settings;
        }
    }

    /// @param models one or more
    public static ModelComparison of(List<Named> models) {
        Optional<String> difference = difference(models);
        List<Named> ordered = new ArrayList<>(models);
        if (difference.isEmpty()) {
            ordered.sort(Comparator.comparingDouble(Named::validation));
        }
        List<Row> rows = ordered.stream().map(Named::row).toList();
        return new ModelComparison(difference.isEmpty(), difference.orElse(null), rows, differences(ordered));
    }

    /// Why the models cannot be ranked.
    private static Optional<String> difference(List<Named> models) {
        Named first = models.getFirst();
        return models.stream()
                .skip(1)
                .flatMap(other -> JudgedOn.of(first.model)
                        .differenceFrom(JudgedOn.of(other.model))
                        .map(text -> first.path + " and " + other.path + " were judged on different data: " + text)
                        .stream())
                .findFirst();
    }

    private static Map<String, List<String>> differences(List<Named> models) {
        List<Map<String, String>> all = models.stream().map(Named::settings).toList();
        TreeSet<String> names = new TreeSet<>();
        all.forEach(one -> names.addAll(one.keySet()));
        Map<String, List<String>> differences = new LinkedHashMap<>();
        for (String name : names) {
            List<String> values =
                    all.stream().map(one -> one.getOrDefault(name, "-")).toList();
            if (values.stream().distinct().count() > 1) {
                differences.put(name, values);
            }
        }
        return differences;
    }
}
