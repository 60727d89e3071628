package dev.headwater.lab.data;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.lab.definition.DataSpec;
import java.util.List;
import java.util.SplittableRandom;

/// The series `t sin(t) / 3 + 2 sin(5 t)` from 0 to 30 (document 003). A window begins at a time drawn at
/// random and
/// has a value every 0.1; its target is the same window one value later.
public final class SineData {

    /// Where the series ends.
    public static final double END = 30;

    private static final double RESOLUTION = 0.1;
    private static final int DRAWN = 1_500 * 50; // iterations x batch of the document
    private static final int HELD_OUT = 2_000;

    private SineData() {}

    /// The series at a time.
    public static double value(double t) {
        return t * Math.sin(t) / 3 + 2 * Math.sin(5 * t);
    }

    /// Goes on from zeros, a value at a time (document 003).
    static Continuation continuation(DataSpec.Sine spec) {
        return new Continuation() {

            @Override
            public float[] start() {
                return new float[spec.steps()];
            }

            @Override
            public float[] given() {
                return new float[spec.steps()];
            }

            @Override
            public float[] advance(float[] input, float[] output) {
                System.arraycopy(input, 1, input, 0, spec.steps() - 1);
                input[spec.steps() - 1] = output[spec.steps() - 1];
                return new float[] {output[spec.steps() - 1]};
            }

            @Override
            public float[] truth(int count) {
                float[] values = new float[count];
                for (int i = 0; i < count; i++) {
                    values[i] = (float) value(i * RESOLUTION);
                }
                return values;
            }
        };
    }

    static Dataset of(DataSpec.Sine spec, long seed) {
        if (spec.steps() < 1 || spec.steps() * RESOLUTION >= END) {
            throw new InvalidInputException("sine.steps: must be from 1 to 299, found " + spec.steps());
        }
        SplittableRandom seeds = new SplittableRandom(seed);
        Shape shape = new Shape(spec.steps(), 1);
        return new Dataset(
                "t sin(t) / 3 + 2 sin(5 t)",
                true,
                shape,
                shape,
                new Windows(spec.steps(), DRAWN, seeds.nextLong()),
                new Windows(spec.steps(), HELD_OUT, seeds.nextLong()),
                new Windows(spec.steps(), HELD_OUT, seeds.nextLong()),
                (input, inputAt, output, outputAt) -> System.arraycopy(input, inputAt, output, outputAt, spec.steps()),
                List.of(),
                1,
                "");
    }

    /// Windows that are drawn anew, but always the same, whenever they are asked for.
    private record Windows(int steps, int size, long seed) implements Examples {

        @Override
        public void load(int example, float[] input, int inputAt, float[] target, int targetAt) {
            double share = new SplittableRandom(new SplittableRandom(seed + example).nextLong()).nextDouble();
            double start = share * (END - steps * RESOLUTION);
            for (int step = 0; step < steps; step++) {
                input[inputAt + step] = (float) value(start + step * RESOLUTION);
                target[targetAt + step] = (float) value(start + (step + 1) * RESOLUTION);
            }
        }
    }
}
