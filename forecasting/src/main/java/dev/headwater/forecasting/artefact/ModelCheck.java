package dev.headwater.forecasting.artefact;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.Printable;
import dev.headwater.forecasting.feature.Scaler;
import dev.headwater.forecasting.interval.IntervalTable;
import dev.headwater.forecasting.interval.ResidualBand;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.kernels.Seq2SeqShape;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Checks that the values in an artefact are plausible. The seal only shows that nothing was changed, not
/// that the artefact was made correctly. Every artefact is checked here when it is read, and then by
/// [ModelProbe].
final class ModelCheck {

    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_SENSOR = 256; // characters, as on the bus
    private static final int LARGEST_VERSION = 999_999_999;
    private static final float LARGEST_WEIGHT = 1e6f; // weights of trained models stay below 100

    /// No value lies further from the mean of n values than the root of n - 1 deviations (Samuelson, *How
    /// deviant can you be?*, 1968); this is that of 10^10 readings.
    private static final float MOST_DEVIATIONS = 1e5f;

    private final ForecastModel model;
    private final ModelManifest manifest;
    private final String source;

    private ModelCheck(ForecastModel model, String source) {
        this.model = model;
        this.manifest = model.manifest();
        this.source = source;
    }

    /// @param source name of the artefact in messages
    /// @throws InvalidInputException naming the first implausible value
    static void require(ForecastModel model, String source) {
        ModelCheck check = new ModelCheck(model, source);
        check.names();
        check.weights();
        check.scaler();
        check.range();
        check.band();
        check.intervals();
        check.samples();
        check.require(model.seasonalStates().areSound(), "pasts.bin", "of finite values up to its last slot", "others");
        ModelProbe.require(model, source);
    }

    private void require(boolean holds, String subject, String rule, Object found) {
        if (!holds) {
            throw new InvalidInputException(source + ": " + subject + " must be " + rule + ", found " + found);
        }
    }

    private void names() {
        int version = manifest.version();
        require(
                version >= 0 && version <= LARGEST_VERSION,
                "version",
                "from 0 (not registered) to " + LARGEST_VERSION,
                version);
        require(Printable.isName(manifest.name(), LONGEST_NAME), "name", "printable ASCII", manifest.name());
        List<String> sensors = manifest.sensors();
        require(new HashSet<>(sensors).size() == sensors.size(), "sensors", "distinct", sensors.size());
        for (String sensor : sensors) {
            boolean good = !sensor.isBlank() && sensor.length() <= LONGEST_SENSOR && Printable.isPrintable(sensor);
            require(good, "sensors", "printable ids of up to " + LONGEST_SENSOR + " characters", sensor);
        }
        require(isText(model.card()), "MODEL_CARD.md", "text", "control characters");
        if (model.keywords() != null) {
            List<String> words = model.keywords().words();
            require(words.stream().allMatch(Printable::isPrintable), "words", "printable", words);
        }
    }

    /// A text may have several lines.
    private static boolean isText(String text) {
        return text.lines().allMatch(line -> Printable.isPrintable(line.replace('\t', ' ')));
    }

    /// Checks the texts in a JSON part, names and values, because commands and logs show them.
    ///
    /// @throws InvalidInputException when a text contains control characters
    static void requireTexts(JsonNode json, String part, String source) {
        json.forEachEntry((name, value) -> {
            if (!Printable.isPrintable(name)) {
                throw new InvalidInputException(source + ": " + part + ": names must be printable, found " + name);
            }
        });
        if (json.isString() && !isText(json.asString())) {
            throw new InvalidInputException(
                    source + ": " + part + ": texts must be printable, found " + json.asString());
        }
        json.forEach(value -> requireTexts(value, part, source));
    }

    private void weights() {
        for (Seq2SeqShape.Tensor one : manifest.architecture().tensors()) {
            for (int i = one.offset(); i < one.end(); i++) {
                float weight = model.parameters()[i];
                require(Float.isFinite(weight), "weights " + one.name(), "finite", weight);
                require(
                        Math.abs(weight) <= LARGEST_WEIGHT,
                        "weights " + one.name(),
                        "within " + LARGEST_WEIGHT,
                        weight);
            }
        }
    }

    private void scaler() {
        Scaler scaler = model.scaler();
        finite("scaler.json mean", scaler.mean());
        finite("scaler.json deviation", scaler.deviation());
        for (float deviation : scaler.deviation()) {
            require(deviation > 0, "scaler.json deviation", "above 0", deviation);
        }
    }

    private void finite(String subject, float[] values) {
        for (float value : values) {
            require(Float.isFinite(value), subject, "finite", value);
        }
    }

    /// The range of the data and the scaler of the target, which were both fitted on the same readings.
    private void range() {
        int target = manifest.network().targetIndex();
        float mean = model.scaler().mean()[target];
        float deviation = model.scaler().deviation()[target];
        if (manifest.range() != null) {
            range(manifest.range(), mean, deviation);
        }
        TargetRange data = TargetRange.ofData(model);
        TargetRange widened = new TargetRange(data.low() - data.mostDeviation(), data.high() + data.mostDeviation());
        require(widened.holds(mean), "scaler.json mean of the target", "among the target's values", mean);
        require(
                deviation <= data.mostDeviation(),
                "scaler.json deviation of the target",
                "one of the target's values",
                deviation);
    }

    private void range(TargetRange stated, float mean, float deviation) {
        double most = (double) MOST_DEVIATIONS * deviation;
        TargetRange believed = new TargetRange(mean - most, mean + most);
        require(stated.low() <= stated.high(), "range", "one of values", stated);
        require(
                believed.holds(stated.low()) && believed.holds(stated.high()),
                "range",
                "within " + MOST_DEVIATIONS + " deviations of the scaler's mean",
                stated);
    }

    private void band() {
        ResidualBand band = manifest.band();
        if (band == null) {
            return;
        }
        int horizon = manifest.architecture().horizon();
        require(band.level() > 0 && band.level() < 1, "band.level", "between 0 and 1", band.level());
        require(band.lower() != null && band.upper() != null, "band", "of lower and upper bounds", "none");
        require(band.lower().length == horizon, "band.lower", "of " + horizon + " steps", band.lower().length);
        require(band.upper().length == horizon, "band.upper", "of " + horizon + " steps", band.upper().length);
        finite("band.lower", band.lower());
        finite("band.upper", band.upper());
        for (int step = 0; step < horizon; step++) {
            require(
                    band.lower()[step] <= band.upper()[step],
                    "band.lower of step " + (step + 1),
                    "at most its upper bound " + band.upper()[step],
                    band.lower()[step]);
        }
    }

    private void intervals() {
        IntervalTable table = model.intervals();
        if (table == null) {
            return;
        }
        require(table.unit() > 0 && Float.isFinite(table.unit()), "intervals.unit", "above 0", table.unit());
        finite("intervals.means", table.means());
        finite("intervals.deviations", table.deviations());
        for (float deviation : table.deviations()) {
            require(deviation > 0, "intervals.deviations", "above 0", deviation);
        }
        finite("intervals.weights", table.weights());
        finite("intervals.knots", table.knots());
        int knots = table.knots().length / table.horizon();
        for (int i = 0; i < table.knots().length; i++) {
            boolean ascends = i % knots == 0 || table.knots()[i - 1] <= table.knots()[i];
            require(ascends, "intervals.knots", "ascending", table.knots()[i]);
        }
        nested("intervals.quantiles", table.quantiles(), table.levels().bounds());
        nested("intervals.fixed", table.fixed(), table.levels().bounds());
    }

    /// @param bounds `[...][level][lower, upper]`
    private void nested(String subject, float[] bounds, int perGroup) {
        finite(subject, bounds);
        for (int i = 0; i < bounds.length; i += 2) {
            require(bounds[i] <= bounds[i + 1], subject, "of lower bounds at most their upper ones", bounds[i]);
            boolean inside = i % perGroup == 0 || (bounds[i] <= bounds[i - 2] && bounds[i + 1] >= bounds[i - 1]);
            require(inside, subject, "wider for a higher level", bounds[i] + " to " + bounds[i + 1]);
        }
    }

    private void samples() {
        SensorNetwork network = manifest.network();
        int length = network.window().lookback() * network.measures().size();
        require(!model.samples().isEmpty(), "samples.json", "of one window or more", "none");
        Set<String> sensors = new HashSet<>(manifest.sensors());
        for (SampleWindow sample : model.samples()) {
            require(sensors.contains(sample.sensor()), "samples.json sensor", "a known one", "another");
            require(
                    sample.values().length == length,
                    "samples.json values",
                    length + " a window",
                    sample.values().length);
            for (float value : sample.values()) {
                require(!Float.isInfinite(value), "samples.json values", "finite or missing", value);
            }
        }
    }
}
