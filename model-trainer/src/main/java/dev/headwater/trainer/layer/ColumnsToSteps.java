package dev.headwater.trainer.layer;

import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Reads what a convolution over time gives, `[batch, n, steps, 1]`, as a sequence `[batch, n, steps]`: DL4J's own
/// one-dimensional layers have no batch normalisation between them.
public class ColumnsToSteps implements InputPreProcessor {

    private static final long serialVersionUID = 1L;

    @Override
    public INDArray preProcess(INDArray columns, int miniBatchSize, LayerWorkspaceMgr workspaces) {
        INDArray dense = columns.ordering() == 'c' ? columns : columns.dup('c');
        INDArray steps = dense.reshape('c', columns.size(0), columns.size(1), columns.size(2));
        return workspaces.leverageTo(ArrayType.ACTIVATIONS, steps);
    }

    @Override
    public INDArray backprop(INDArray steps, int miniBatchSize, LayerWorkspaceMgr workspaces) {
        INDArray columns = steps.dup('c').reshape('c', steps.size(0), steps.size(1), steps.size(2), 1);
        return workspaces.leverageTo(ArrayType.ACTIVATION_GRAD, columns);
    }

    @Override
    @SuppressWarnings("MissingSuperClone") // it has no state
    public InputPreProcessor clone() {
        return new ColumnsToSteps();
    }

    @Override
    public InputType getOutputType(InputType inputType) {
        InputType.InputTypeConvolutional columns = (InputType.InputTypeConvolutional) inputType;
        return InputType.recurrent(columns.getChannels(), columns.getHeight());
    }

    @Override
    public Pair<INDArray, MaskState> feedForwardMaskArray(INDArray mask, MaskState state, int miniBatchSize) {
        return new Pair<>(mask, state);
    }
}
