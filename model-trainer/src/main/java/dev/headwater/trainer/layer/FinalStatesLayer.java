package dev.headwater.trainer.layer;

import dev.headwater.forecasting.InvalidInputException;
import java.util.Collection;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.NoParamLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/// The last states of a bidirectional layer, `[batch, 2 n, steps]` in, `[batch, 2 n]` out: of the forward direction
/// (the first n) that of the last step, of the backward direction that of the first step, where it ends. This is
/// Keras's `Bidirectional` without `return_sequences`.
///
/// DL4J's `LastTimeStep` takes both directions at the last step, where the backward direction has seen a single step;
/// and it does not hand the network's settings (initial weights, updater) on to a layer inside both of its wrappers.
/// Below must be `Bidirectional` with `CONCAT` around a [SequenceLayer], whose states at masked steps are those before.
public class FinalStatesLayer extends NoParamLayer {

    private static final long serialVersionUID = 1L;

    /// For DL4J's list of layers, and for deserialisation.
    public FinalStatesLayer() {}

    @Override
    public org.deeplearning4j.nn.api.Layer instantiate(
            NeuralNetConfiguration configuration,
            Collection<TrainingListener> listeners,
            int index,
            INDArray parameters,
            boolean initialise,
            DataType dataType) {
        return KernelLayers.assemble(
                new FinalStatesLayerImpl(configuration, dataType),
                configuration,
                listeners,
                index,
                parameters,
                initialise);
    }

    /// @throws InvalidInputException when the input is no sequence of an even number of units
    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        if (inputType instanceof InputType.InputTypeRecurrent states && states.getSize() % 2 == 0) {
            return InputType.feedForward(states.getSize());
        }
        throw new InvalidInputException("layer " + getLayerName()
                + ": FinalStatesLayer must follow a bidirectional layer that concatenates, found " + inputType);
    }

    /// Sequences are read as they are.
    @Override
    public @Nullable InputPreProcessor getPreProcessorForInputType(InputType inputType) {
        return null;
    }

    @Override
    public LayerMemoryReport getMemoryReport(InputType inputType) {
        return new LayerMemoryReport.Builder(getLayerName(), getClass(), inputType, getOutputType(-1, inputType))
                .standardMemory(0, 0)
                .workingMemory(0, 0, 0, 0)
                .cacheMemory(0, 0)
                .build();
    }

    @Override
    @SuppressWarnings("MissingSuperClone") // it has no state but its name
    public Layer clone() {
        FinalStatesLayer copy = new FinalStatesLayer();
        copy.setLayerName(getLayerName());
        return copy;
    }
}
