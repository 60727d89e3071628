package dev.headwater.trainer.layer;

import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/// Runs a [FinalStatesLayer].
class FinalStatesLayerImpl extends AbstractLayer<FinalStatesLayer> {

    private static final long serialVersionUID = 1L;

    FinalStatesLayerImpl(NeuralNetConfiguration configuration, DataType dataType) {
        super(configuration, dataType);
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        assertInputSet(false);
        long[] shape = {input.size(0), input.size(1)};
        INDArray out = workspaces.createUninitialized(ArrayType.ACTIVATIONS, input.dataType(), shape, 'c');
        half(out, 0).assign(half(input, 0, input.size(2) - 1));
        half(out, 1).assign(half(input, 1, 0));
        return out;
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        assertInputSet(true);
        INDArray down = workspaces.create(ArrayType.ACTIVATION_GRAD, epsilon.dataType(), input.shape(), 'c');
        half(down, 0, input.size(2) - 1).assign(half(epsilon, 0));
        half(down, 1, 0).assign(half(epsilon, 1));
        return new Pair<>(new DefaultGradient(), down);
    }

    /// A direction's part of `[batch, 2 n]`.
    private static INDArray half(INDArray states, int direction) {
        return states.get(NDArrayIndex.all(), units(states, direction));
    }

    /// A direction's part of a step of `[batch, 2 n, steps]`.
    private static INDArray half(INDArray states, int direction, long step) {
        return states.get(NDArrayIndex.all(), units(states, direction), NDArrayIndex.point(step));
    }

    private static INDArrayIndex units(INDArray states, int direction) {
        long n = states.size(1) / 2;
        return NDArrayIndex.interval(direction * n, (direction + 1) * n);
    }

    /// No step is left to mask.
    @Override
    public @Nullable Pair<INDArray, MaskState> feedForwardMaskArray(
            INDArray stepMask, MaskState currentMaskState, int minibatchSize) {
        return null;
    }

    @Override
    public boolean isPretrainLayer() {
        return false;
    }

    @Override
    public void clearNoiseWeightParams() {}
}
