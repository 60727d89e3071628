package dev.headwater.lab.data;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.lab.definition.DataSpec;
import java.util.List;

/// The series of the course behind document 004: four years of days with a trend, a yearly season and noise.
/// Windows of
/// the training part lie wholly within its first `split` values; the validation part forecasts each later value
/// from
/// the window before it. The document has no test part, so the test is the validation part.
public final class SyntheticData {

    private static final int LENGTH = 4 * 365 + 1;
    private static final double BASELINE = 10;
    private static final double SLOPE = 0.05;
    private static final int PERIOD = 365;
    private static final double AMPLITUDE = 40;
    private static final double FALL = 0.4; // share of the season with a cosine, before the decay
    private static final double NOISE = 5;
    private static final int NOISE_SEED = 42;

    private SyntheticData() {}

    /// The series.
    ///
    /// @return `[1461]`, a value a day
    public static float[] series() {
        NumpyRandom random = new NumpyRandom(NOISE_SEED);
        float[] series = new float[LENGTH];
        for (int day = 0; day < LENGTH; day++) {
            double clean = BASELINE + SLOPE * day + AMPLITUDE * season(day % PERIOD / (double) PERIOD);
            series[day] = (float) (clean + NOISE * random.nextGaussian());
        }
        return series;
    }

    private static double season(double share) {
        return share < FALL ? Math.cos(2 * Math.PI * share) : Math.exp(-3 * share);
    }

    static Dataset of(DataSpec.Synthetic spec) {
        if (spec.window() < 1 || spec.split() <= spec.window() || spec.split() >= LENGTH) {
            throw new InvalidInputException("synthetic: window must be 1 or more and split from window + 1 to "
                    + (LENGTH - 1) + ", found " + spec.window() + " and " + spec.split());
        }
        float[] series = series();
        Examples held = windows(series, spec, spec.split() - spec.window(), LENGTH);
        return new Dataset(
                "the course's series of 1,461 values",
                true,
                new Shape(spec.window(), 1),
                new Shape(1, 1),
                windows(series, spec, 0, spec.split()),
                held,
                held,
                (input, inputAt, output, outputAt) -> output[outputAt] = input[inputAt + spec.window() - 1],
                List.of(),
                1,
                "");
    }

    /// The windows whose values, target included, lie from `from` to before `to`.
    private static Examples windows(float[] series, DataSpec.Synthetic spec, int from, int to) {
        TimeWindows windows = TimeWindows.of(LENGTH, LENGTH, TimeWindows.Steps.of(spec.window()), from, to - 1);
        return new RowWindows(series, 1, series, windows, spec.window());
    }
}
