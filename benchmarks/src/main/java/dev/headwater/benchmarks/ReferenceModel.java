package dev.headwater.benchmarks;

import dev.headwater.forecasting.feature.Features;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.kernels.Seq2SeqShape;
import java.util.Random;

/// The network that is shipped for traffic, with random weights and random windows: 12 steps of 7 inputs, then 12 of 8,
/// 64 units, no embeddings.
public final class ReferenceModel {

    public static final SensorNetwork NETWORK = NetworkFile.load("pems-bay");
    public static final int HIDDEN = 64;
    public static final Seq2SeqShape SHAPE = Features.shape(NETWORK, 1, HIDDEN, 0);

    private static final int GATES = 3;
    private static final long SEED = 2;

    private ReferenceModel() {}

    public static float[] parameters() {
        return SHAPE.initialise(1);
    }

    /// `[windows][rowLength]`, the same windows first in any number of them. Base and scale are of the size of the
    /// other inputs, so that an error of the network shows in full.
    public static float[] rows(int windows) {
        Random random = new Random(SEED);
        float[] rows = new float[windows * SHAPE.rowLength()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (float) random.nextGaussian();
        }
        for (int window = 0; window < windows; window++) {
            rows[window * SHAPE.rowLength() + SHAPE.scaleOffset()] = 1;
        }
        return rows;
    }

    /// Useful floating-point operations of a forecast: a multiplication and an addition for each weight of the matrix
    /// products alone, no biases, gates or activations. The encoder's first state is zero, so its product is none;
    /// what the decoder reads of the encoder's last state is the same at each step, so it counts once.
    public static double flop() {
        double encoder = SHAPE.lookback() * SHAPE.encoderInputs() + (SHAPE.lookback() - 1) * HIDDEN;
        double decoder = SHAPE.horizon() * (SHAPE.decoderInputs() + HIDDEN) + HIDDEN;
        double head = SHAPE.horizon() * HIDDEN;
        return 2 * (GATES * HIDDEN * (encoder + decoder) + head);
    }
}
