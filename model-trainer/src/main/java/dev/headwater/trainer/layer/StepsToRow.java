package dev.headwater.trainer.layer;

import dev.headwater.forecasting.InvalidInputException;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Reads a sequence `[batch, n, steps]` as one row `[batch, n * steps]`, the steps of the first value first: the
/// `Flatten` of Keras, which takes the values of the first step first. Without it, DL4J hands each step to a dense
/// layer on its own.
public class StepsToRow implements InputPreProcessor {

    private static final long serialVersionUID = 1L;

    private long n;
    private long steps;

    @Override
    public INDArray preProcess(INDArray sequences, int miniBatchSize, LayerWorkspaceMgr workspaces) {
        n = sequences.size(1);
        steps = sequences.size(2);
        INDArray rows = dense(sequences).reshape('c', sequences.size(0), n * steps);
        return workspaces.leverageTo(ArrayType.ACTIVATIONS, rows);
    }

    @Override
    public INDArray backprop(INDArray rows, int miniBatchSize, LayerWorkspaceMgr workspaces) {
        INDArray sequences = dense(rows).reshape('c', rows.size(0), n, steps);
        return workspaces.leverageTo(ArrayType.ACTIVATION_GRAD, sequences);
    }

    /// Reshaping a view, or one in f order, would mix up its elements or fail.
    private static INDArray dense(INDArray array) {
        return array.ordering() == 'c' && !array.isView() ? array : array.dup('c');
    }

    @Override
    @SuppressWarnings("MissingSuperClone") // its state is that of one pass
    public InputPreProcessor clone() {
        return new StepsToRow();
    }

    /// @throws InvalidInputException when the number of steps is unknown
    @Override
    public InputType getOutputType(InputType inputType) {
        InputType.InputTypeRecurrent sequence = (InputType.InputTypeRecurrent) inputType;
        if (sequence.getTimeSeriesLength() <= 0) {
            throw new InvalidInputException("flattening: sequences need a number of steps, found " + inputType);
        }
        return InputType.feedForward(sequence.getSize() * sequence.getTimeSeriesLength());
    }

    @Override
    public Pair<INDArray, MaskState> feedForwardMaskArray(INDArray mask, MaskState state, int miniBatchSize) {
        return new Pair<>(mask, state);
    }
}
