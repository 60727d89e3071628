package dev.headwater.lab.engine;

import dev.headwater.forecasting.Words;
import dev.headwater.lab.data.Shape;
import dev.headwater.lab.data.TimeWindows;
import dev.headwater.lab.definition.Layer;
import dev.headwater.lab.definition.Layer.Cell;
import dev.headwater.lab.definition.Layer.Units;
import dev.headwater.lab.definition.RowSpec;
import dev.headwater.lab.definition.TrainingSpec;
import dev.headwater.lab.definition.TrainingSpec.Loss;
import dev.headwater.lab.definition.TrainingSpec.Updater;
import dev.headwater.lab.network.LabNetwork;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// Rows without training: values that the documents print, computed anew.
final class Checks {

    private static final int INPUTS = 3;
    private static final int NEURONS = 5;
    private static final int STEPS = 2;
    private static final int ROWS = 20;
    private static final int DELAY = 3; // rows from a window's first to its target

    /// `[instance][step][input]`, document 003.
    private static final float[] BATCH = {
        0, 1, 2, 9, 8, 7,
        3, 4, 5, 0, 0, 0,
        6, 7, 8, 6, 5, 4,
        9, 0, 1, 3, 2, 1
    };

    private Checks() {}

    /// @param difference the largest difference found
    /// @param notes      sentences for the report
    record Checked(double difference, List<String> notes) {}

    static Checked run(RowSpec.Check check, long seed) {
        return switch (check) {
            case RNN_BY_HAND -> rnnByHand(seed);
            case WINDOWS -> windows();
        };
    }

    /// `Y0 = tanh(X0 Wx + b)`, `Y1 = tanh(Y0 Wy + X1 Wx + b)`: in double precision, and by the layer.
    private static Checked rnnByHand(long seed) {
        int batch = BATCH.length / (INPUTS * STEPS);
        Random random = new Random(seed);
        float[] drawn = new float[NEURONS * (INPUTS + NEURONS + 1)]; // Wx [5][3], Wy [5][5], b [5], which stays zero
        for (int i = 0; i < NEURONS * (INPUTS + NEURONS); i++) {
            drawn[i] = (float) random.nextGaussian();
        }
        List<Layer> layers = List.of(
                new Layer.Recurrent(Cell.RNN, new Units(NEURONS, true, null, null, null, null, null)),
                new Layer.Dense(1, null));
        TrainingSpec any = new TrainingSpec(Loss.MSE, new Updater(Updater.Rule.SGD, 1, null, null), 1, 1, null, null);
        float[] outputs;
        try (LabNetwork network = LabNetwork.of(layers, new Shape(STEPS, INPUTS), new Shape(STEPS, 1), any, seed)) {
            float[] parameters = network.parameters();
            System.arraycopy(drawn, 0, parameters, 0, drawn.length);
            network.setParameters(parameters);
            outputs = network.firstLayer(BATCH, batch);
        }
        double[] expected = byHand(drawn, batch);
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i] - outputs[i]));
        }
        return new Checked(
                largest,
                List.of(String.format(
                        Locale.ROOT,
                        "Outputs of %d instances, %d steps and %d neurons, as in the document.",
                        batch,
                        STEPS,
                        NEURONS)));
    }

    /// `[instance][step][neuron]`.
    private static double[] byHand(float[] weights, int batch) {
        double[] out = new double[batch * STEPS * NEURONS];
        for (int row = 0; row < batch * STEPS; row++) {
            for (int neuron = 0; neuron < NEURONS; neuron++) {
                double sum = weights[NEURONS * (INPUTS + NEURONS) + neuron];
                for (int i = 0; i < INPUTS; i++) {
                    sum += weights[neuron * INPUTS + i] * BATCH[row * INPUTS + i];
                }
                for (int i = 0; i < NEURONS && row % STEPS > 0; i++) {
                    sum += weights[NEURONS * INPUTS + neuron * NEURONS + i] * out[(row - 1) * NEURONS + i];
                }
                out[row * NEURONS + neuron] = Math.tanh(sum);
            }
        }
        return out;
    }

    /// The windows on 0 to 19 that document 001 prints.
    private static Checked windows() {
        List<int[][]> printed = List.of(
                new int[][] {{0, 3, 6, 9, 3}, {2, 5, 8, 11, 5}, {4, 7, 10, 13, 7}},
                new int[][] {{0, 1, 2, 3}, {1, 2, 3, 4}},
                new int[][] {{0, 2, 4, 3}, {1, 3, 5, 4}, {2, 4, 6, 5}},
                new int[][] {{0, 1, 2, 3, 4, 3}, {1, 2, 3, 4, 5, 4}, {12, 13, 14, 15, 16, 15}});
        List<TimeWindows> ours = List.of(windows(4, 2, 3), windows(3, 1, 1), windows(3, 1, 2), windows(5, 1, 1));
        int largest = 0;
        for (int example = 0; example < printed.size(); example++) {
            for (int[] window : printed.get(example)) {
                largest = Math.max(largest, difference(window, ours.get(example)));
            }
        }
        return new Checked(
                largest,
                List.of("Windows of " + Words.count(printed.size(), "example") + ", the last of them with "
                        + ours.getLast().size() + " windows."));
    }

    private static TimeWindows windows(int length, int stride, int rate) {
        return TimeWindows.of(ROWS - DELAY, ROWS - DELAY, new TimeWindows.Steps(length, stride, rate));
    }

    /// The largest difference between a printed window, its target last, and the one that begins at the same row.
    private static int difference(int[] printed, TimeWindows ours) {
        int[] rows = ours.rows(printed[0] / ours.steps().sequenceStride());
        int largest = Math.abs(printed[rows.length] - (rows[0] + DELAY));
        for (int i = 0; i < rows.length; i++) {
            largest = Math.max(largest, Math.abs(printed[i] - rows[i]));
        }
        return largest;
    }
}
