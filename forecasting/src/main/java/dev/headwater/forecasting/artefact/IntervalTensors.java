package dev.headwater.forecasting.artefact;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.artefact.Safetensors.Tensor;
import dev.headwater.forecasting.interval.IntervalTable;
import dev.headwater.forecasting.interval.Levels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Fitted intervals as tensors beside the weights of the forecaster. A reader that does not know them passes
/// them over, so versions before 0.2 serve such an artefact, with the band of the manifest.
final class IntervalTensors {

    private static final String LEVELS = "intervals.levels";
    private static final String UNIT = "intervals.unit";
    private static final String MEANS = "intervals.means";
    private static final String DEVIATIONS = "intervals.deviations";
    private static final String WEIGHTS = "intervals.weights";
    private static final String KNOTS = "intervals.knots";
    private static final String QUANTILES = "intervals.quantiles";
    private static final String FIXED = "intervals.fixed";
    private static final double DIGITS = 1e6; // of a level

    private IntervalTensors() {}

    static Map<String, Tensor> write(IntervalTable table) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        int horizon = table.horizon();
        float[] levels = new float[table.levels().count()];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = table.levels().values().get(i).floatValue();
        }
        put(tensors, LEVELS, levels, levels.length);
        put(tensors, UNIT, new float[] {table.unit()}, 1);
        put(tensors, MEANS, table.means(), table.means().length);
        put(tensors, DEVIATIONS, table.deviations(), table.deviations().length);
        put(tensors, WEIGHTS, table.weights(), horizon, table.weights().length / horizon);
        int knots = table.knots().length / horizon;
        put(tensors, KNOTS, table.knots(), horizon, knots);
        put(tensors, QUANTILES, table.quantiles(), horizon, knots, levels.length, 2);
        put(tensors, FIXED, table.fixed(), horizon, levels.length, 2);
        return tensors;
    }

    private static void put(Map<String, Tensor> tensors, String name, float[] values, int... shape) {
        List<Integer> sizes = new ArrayList<>();
        for (int size : shape) {
            sizes.add(size);
        }
        tensors.put(name, new Tensor(sizes, values));
    }

    /// The table; null where there is none.
    ///
    /// @throws InvalidInputException when a tensor is missing, or their sizes do not match
    static @Nullable IntervalTable read(Map<String, Tensor> tensors, int horizon, String source) {
        if (!tensors.containsKey(LEVELS)) {
            return null;
        }
        Levels levels = levels(tensors, source);
        int bounds = levels.bounds();
        int knots = Math.max(1, values(tensors, KNOTS, source).length / horizon);
        return new IntervalTable(
                levels,
                values(tensors, UNIT, 1, source)[0],
                values(tensors, MEANS, IntervalTable.INPUTS, source),
                values(tensors, DEVIATIONS, IntervalTable.INPUTS, source),
                values(tensors, WEIGHTS, horizon * (IntervalTable.INPUTS + 1), source),
                values(tensors, KNOTS, horizon * knots, source),
                values(tensors, QUANTILES, horizon * knots * bounds, source),
                values(tensors, FIXED, horizon * bounds, source));
    }

    private static Levels levels(Map<String, Tensor> tensors, String source) {
        List<Double> levels = new ArrayList<>();
        for (float level : values(tensors, LEVELS, source)) {
            levels.add(Math.round(level * DIGITS) / DIGITS);
        }
        try {
            return new Levels(levels);
        } catch (InvalidInputException e) {
            throw new InvalidInputException(source + ": " + LEVELS + ": " + e.getMessage(), e);
        }
    }

    private static float[] values(Map<String, Tensor> tensors, String name, int length, String source) {
        float[] values = values(tensors, name, source);
        if (values.length != length) {
            throw new InvalidInputException(
                    source + ": " + name + " must have " + length + " values, found " + values.length);
        }
        return values;
    }

    private static float[] values(Map<String, Tensor> tensors, String name, String source) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new InvalidInputException(source + ": " + name + " is missing");
        }
        return tensor.values();
    }
}
