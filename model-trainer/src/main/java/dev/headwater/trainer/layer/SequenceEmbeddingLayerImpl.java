package dev.headwater.trainer.layer;

import dev.headwater.forecasting.InvalidInputException;
import java.util.Arrays;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Runs a [SequenceEmbeddingLayer] in plain Java: it copies and adds, nothing else. Not thread-safe, as no DL4J layer
/// is.
class SequenceEmbeddingLayerImpl extends BaseLayer<SequenceEmbeddingLayer> {

    private static final long serialVersionUID = 1L;

    private transient float[] table = new float[0]; // [id][width]
    private transient float[] ids = new float[0]; // [batch][steps]
    private transient int[] rows = new int[0]; // [batch][steps], where the row of each id begins in the table
    private transient float[] out = new float[0]; // [batch][width][steps]
    private transient float[] slopes = new float[0]; // [batch][width][steps], gradient of the loss by `out`
    private transient float[] gradients = new float[0]; // [id][width]

    SequenceEmbeddingLayerImpl(NeuralNetConfiguration configuration, DataType dataType) {
        super(configuration, dataType);
    }

    private int width() {
        return (int) layerConf().getNOut();
    }

    private int batch() {
        return (int) input.size(0);
    }

    private int steps() {
        return (int) input.size(-1);
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        table = Floats.read(paramsFlattened, table);
        find();
        int steps = steps();
        int width = width();
        out = out.length < batch() * width * steps ? new float[batch() * width * steps] : out;
        for (int b = 0; b < batch(); b++) {
            for (int i = 0; i < width; i++) {
                int to = (b * width + i) * steps;
                for (int step = 0; step < steps; step++) {
                    out[to + step] = table[rows[b * steps + step] + i];
                }
            }
        }
        long[] shape = {batch(), width, steps};
        INDArray activations = workspaces.createUninitialized(ArrayType.ACTIVATIONS, DataType.FLOAT, shape, 'c');
        Floats.write(out, activations);
        return activations;
    }

    /// Reads the ids of the batch.
    private void find() {
        int length = batch() * steps();
        if (input.length() != length) {
            throw new InvalidInputException("layer " + layerConf().getLayerName()
                    + ": ids must be [batch, steps] or [batch, 1, steps], found "
                    + Arrays.toString(input.shape()));
        }
        ids = Floats.read(input, ids);
        rows = rows.length < length ? new int[length] : rows;
        for (int i = 0; i < length; i++) {
            int id = (int) ids[i];
            if (id < 0 || id >= layerConf().getNIn()) {
                throw new InvalidInputException("layer " + layerConf().getLayerName() + ": ids must be from 0 to "
                        + (layerConf().getNIn() - 1) + ", found " + id);
            }
            rows[i] = id * width();
        }
    }

    /// The input is data, not activations of a layer below: no epsilon is handed down.
    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        slopes = Floats.read(epsilon, slopes);
        gradients = gradients.length == numParams() ? gradients : new float[(int) numParams()];
        Arrays.fill(gradients, 0);
        int steps = steps();
        int width = width();
        for (int b = 0; b < batch(); b++) {
            for (int i = 0; i < width; i++) {
                int from = (b * width + i) * steps;
                for (int step = 0; step < steps; step++) {
                    gradients[rows[b * steps + step] + i] += slopes[from + step];
                }
            }
        }
        Floats.write(gradients, gradientsFlattened);
        return new Pair<>(KernelLayers.gradient(gradientsFlattened, gradientViews), null);
    }

    /// @throws InvalidInputException when there is a mask
    @Override
    public @Nullable Pair<INDArray, MaskState> feedForwardMaskArray(
            @Nullable INDArray mask, @Nullable MaskState state, int miniBatchSize) {
        if (mask != null) {
            throw new InvalidInputException("layer " + layerConf().getLayerName() + ": masks are not supported");
        }
        return null;
    }

    @Override
    public boolean isPretrainLayer() {
        return false;
    }
}
