package dev.headwater.lab.network;

import dev.headwater.lab.data.Shape;
import dev.headwater.lab.definition.DataSpec;
import dev.headwater.lab.definition.Layer;
import dev.headwater.lab.definition.LayerSpec;
import dev.headwater.lab.definition.RowSpec;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/// The shapes of a row's examples, as the whole recorded data have them, and its network.
///
/// @param ids above 0 when inputs are ids, from 0 to below it
record RowShapes(RowSpec row, Shape input, Shape target, int ids) {

    private static final int WEATHER_COLUMNS = 14;
    private static final int SENSORS = 325;
    private static final int WORDS = 8;

    static RowShapes of(RowSpec row) {
        Shape one = new Shape(1, 1);
        return switch (Objects.requireNonNull(row.data()).source()) {
            case DataSpec.Speech speech ->
                new RowShapes(
                        row,
                        new Shape(1 + (16_000 - speech.frameLength()) / speech.frameStep(), 129),
                        new Shape(1, WORDS),
                        0);
            case DataSpec.Traffic traffic ->
                new RowShapes(
                        row, new Shape(traffic.lookback() + 1, SENSORS), new Shape(traffic.horizon(), SENSORS), 0);
            case DataSpec.WeatherWindows weather ->
                new RowShapes(row, new Shape(weather.sequenceLength(), WEATHER_COLUMNS), one, 0);
            case DataSpec.WeatherDraws weather ->
                new RowShapes(row, new Shape(weather.lookback() / weather.step(), WEATHER_COLUMNS), one, 0);
            case DataSpec.Reviews reviews ->
                new RowShapes(row, new Shape(reviews.length(), 1), one, reviews.vocabulary());
            case DataSpec.Sine sine -> new RowShapes(row, new Shape(sine.steps(), 1), new Shape(sine.steps(), 1), 0);
            case DataSpec.Synthetic synthetic -> new RowShapes(row, new Shape(synthetic.window(), 1), one, 0);
        };
    }

    /// Random inputs, `[count][steps][width]`.
    float[] inputs(int count) {
        Random random = new Random(1);
        float[] values = new float[count * input.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = ids > 0 ? random.nextInt(ids) : (float) random.nextGaussian();
        }
        return values;
    }

    /// Random targets, `[count][steps][width]`: values, a class of two, or a class by one-hot.
    float[] targets(int count) {
        Random random = new Random(2);
        float[] values = new float[count * target.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = ids > 0 ? random.nextInt(2) : (float) random.nextGaussian();
        }
        for (int i = 0; i < values.length && target.width() == WORDS; i++) {
            values[i] = i % WORDS == i / WORDS ? 1 : 0; // example 0 has class 0, and so on
        }
        return values;
    }

    List<Layer> layers() {
        return Objects.requireNonNull(row.layers()).stream()
                .map(LayerSpec::layer)
                .toList();
    }

    LabNetwork network(long seed) {
        return LabNetwork.of(layers(), input, target, row.training(true), seed);
    }
}
