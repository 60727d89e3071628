package dev.headwater.trainer.layer;

import static java.util.Objects.requireNonNull;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.weightnoise.IWeightNoise;
import org.deeplearning4j.nn.params.LSTMParamInitializer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/// Dropout of the recurrent weights of DL4J's LSTMs while training: one draw for each batch and layer, which
/// holds for all its time steps (Merity et al., *Regularizing and Optimizing LSTM Language Models*, 2018). Kept
/// weights are scaled up. One object serves all LSTMs of one network; [#gradients()] must be added to the
/// listeners of that network.
///
/// DL4J's own `DropConnect` drops input weights as well, and gives dropped weights the gradient of kept ones.
public final class RecurrentWeightDrop implements IWeightNoise {

    private static final long serialVersionUID = 1L;
    private static final String RECURRENT_WEIGHTS = LSTMParamInitializer.RECURRENT_WEIGHT_KEY;

    private final double share;
    private final long seed;
    private final transient Map<Layer, Draw> draws; // by identity, shared by all clones
    private final transient SplittableRandom random;

    /// Mask and weights of a layer's last batch. The arrays lie outside all workspaces: the backward pass reads
    /// them again.
    ///
    /// @param mask  `[hidden, 4 hidden]`, 0 or 1 / kept share
    /// @param noisy the weights times the mask
    private record Draw(INDArray mask, INDArray noisy) {

        static Draw like(INDArray weights) {
            try (MemoryWorkspace ignored = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
                return new Draw(
                        Nd4j.createUninitialized(DataType.FLOAT, weights.shape(), 'c'),
                        Nd4j.createUninitialized(DataType.FLOAT, weights.shape(), 'c'));
            }
        }
    }

    /// @param share of the weights that is dropped, from 0 (none) to below 1
    public RecurrentWeightDrop(double share, long seed) {
        this(share, seed, new IdentityHashMap<>(), new SplittableRandom(seed));
    }

    private RecurrentWeightDrop(double share, long seed, Map<Layer, Draw> draws, SplittableRandom random) {
        this.share = share;
        this.seed = seed;
        this.draws = draws;
        this.random = random;
    }

    /// DL4J asks once for each batch, and keeps the answer for the backward pass.
    @Override
    public INDArray getParameter(
            Layer layer, String key, int iteration, int epoch, boolean training, LayerWorkspaceMgr workspaces) {
        INDArray weights = layer.getParam(key);
        if (!training || share == 0 || !key.equals(RECURRENT_WEIGHTS)) {
            return weights;
        }
        Draw draw = draws.computeIfAbsent(layer, ignored -> Draw.like(weights));
        Floats.write(mask(Math.toIntExact(weights.length())), draw.mask);
        return weights.muli(draw.mask, draw.noisy);
    }

    private float[] mask(int length) {
        float[] mask = new float[length];
        double kept = 1 - share;
        for (int i = 0; i < length; i++) {
            mask[i] = random.nextDouble() < kept ? (float) (1 / kept) : 0;
        }
        return mask;
    }

    /// Multiplies the recurrent weights' gradients by the masks before they are clipped and applied: DL4J
    /// computes the gradients of the weights with noise.
    public TrainingListener gradients() {
        return new BaseTrainingListener() {
            @Override
            public void onGradientCalculation(Model model) {
                draws.forEach(RecurrentWeightDrop::maskGradient);
            }
        };
    }

    private static void maskGradient(Layer layer, Draw draw) {
        Map<String, INDArray> views = LSTMParamInitializer.getInstance()
                .getGradientsFromFlattened(layer.conf(), layer.getGradientsViewArray());
        requireNonNull(views.get(RECURRENT_WEIGHTS)).muli(draw.mask);
    }

    /// The copy shares the random generator and the draws.
    @Override
    @SuppressWarnings("MissingSuperClone") // final, and all clones share one state
    public RecurrentWeightDrop clone() {
        return new RecurrentWeightDrop(share, seed, draws, random);
    }

    private Object readResolve() {
        return new RecurrentWeightDrop(share, seed);
    }
}
