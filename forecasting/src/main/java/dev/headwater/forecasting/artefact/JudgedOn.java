package dev.headwater.forecasting.artefact;

import dev.headwater.forecasting.network.SensorNetwork;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The data and settings that a model's errors were measured on: only models that agree in all of them can be
/// ranked.
///
/// @param facts by name, in the order in which they are compared
public record JudgedOn(Map<String, String> facts) {

    private static final String FINGERPRINT = "data fingerprint";
    private static final String UNKNOWN = "unknown (no file)";

    public static JudgedOn of(ForecastModel model) {
        ModelManifest manifest = model.manifest();
        SensorNetwork network = manifest.network();
        String fingerprint = manifest.provenance().fingerprint();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("network", network.name());
        facts.put(FINGERPRINT, fingerprint.isEmpty() ? UNKNOWN : fingerprint);
        facts.put(
                "span",
                manifest.provenance().from() + " to " + manifest.provenance().to());
        facts.put("target", network.target());
        facts.put("window", network.window().toString());
        facts.put("split", network.split().toString());
        facts.put("gap", network.gap().toString());
        return new JudgedOn(facts);
    }

    /// The first fact in which the two differ. Data without a fingerprint always counts as different.
    public Optional<String> differenceFrom(JudgedOn other) {
        return facts.keySet().stream()
                .filter(name ->
                        !Objects.equals(facts.get(name), other.facts.get(name)) || UNKNOWN.equals(facts.get(name)))
                .findFirst()
                .map(name -> name + " " + facts.get(name) + ", not " + other.facts.get(name));
    }
}
