package dev.headwater.lab.data;

import dev.headwater.forecasting.feature.Scaler;

/// Data whose inputs are z-scores, `(x - mean) / max(sd, 1e-7)`, with a mean and a standard deviation for each
/// column over all steps of all training examples: Keras's `layers.Normalization()` with its default axis,
/// adapted to
/// the training part.
public final class Normalised {

    private Normalised() {}

    /// The same data with normalised inputs. The examples are computed from the given ones when they are asked
    /// for.
    public static Dataset of(Dataset data) {
        Scaler scaler = fit(data.train(), data.input(), data.target());
        return new Dataset(
                data.name(),
                data.same(),
                data.input(),
                data.target(),
                new Scaled(data.train(), data.input(), scaler),
                new Scaled(data.validation(), data.input(), scaler),
                new Scaled(data.test(), data.input(), scaler),
                baseline(data.naive(), data.input(), scaler),
                data.classes(),
                data.unitFactor(),
                data.unit());
    }

    private static Scaler fit(Examples train, Shape shape, Shape targetShape) {
        Moments moments = new Moments(shape.width());
        float[] input = new float[shape.length()]; // [steps][width]
        float[] target = new float[targetShape.length()]; // [steps][width]
        for (int e = 0; e < train.size(); e++) {
            train.load(e, input, 0, target, 0);
            for (int i = 0; i < input.length; i += shape.width()) {
                moments.add(input, i);
            }
        }
        return moments.scaler();
    }

    private record Scaled(Examples raw, Shape shape, Scaler scaler) implements Examples {

        @Override
        public int size() {
            return raw.size();
        }

        @Override
        public void load(int example, float[] input, int inputAt, float[] target, int targetAt) {
            raw.load(example, input, inputAt, target, targetAt);
            int end = inputAt + shape.length();
            for (int at = inputAt; at < end; at += shape.width()) {
                for (int c = 0; c < shape.width(); c++) {
                    input[at + c] = scaler.scale(input[at + c], c);
                }
            }
        }
    }

    private static Baseline baseline(Baseline raw, Shape shape, Scaler scaler) {
        return (input, inputAt, output, outputAt) -> {
            float[] restored = new float[shape.length()]; // [steps][width]
            for (int i = 0; i < restored.length; i++) {
                restored[i] = scaler.unscale(input[inputAt + i], i % shape.width());
            }
            raw.predict(restored, 0, output, outputAt);
        };
    }
}
