package dev.headwater.trainer.layer;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.kernels.SequenceKernel;
import dev.headwater.kernels.StateActivation;
import java.util.Collection;
import java.util.List;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/// A recurrent layer for DL4J on the vector kernels: activations `[batch, nIn, steps]` in, `[batch, nOut, steps]` out,
/// anywhere in a network, also inside DL4J's `Bidirectional` and `LastTimeStep`.
///
/// An activation configured in DL4J's way has no effect. At a masked step the state is carried over, and is the output.
/// The data type is FLOAT.
///
/// Where only the last state is wanted, put it into `LastTimeStep`; where it is run in both directions, put
/// a [FinalStatesLayer] behind.
public abstract class SequenceLayer extends BaseRecurrentLayer {

    private static final long serialVersionUID = 1L;

    /// Share of the state that is dropped on its way into the gates.
    @JsonProperty
    private double recurrentDropout;

    /// Share of the inputs that is dropped.
    @JsonProperty
    private double inputDropout;

    @JsonProperty
    private StateActivation stateActivation = StateActivation.TANH;

    /// For deserialisation.
    SequenceLayer() {}

    SequenceLayer(Builder<?> builder) {
        super(builder);
        recurrentDropout = builder.recurrentDropout;
        inputDropout = builder.inputDropout;
        stateActivation = builder.stateActivation;
    }

    double recurrentDropout() {
        return recurrentDropout;
    }

    double inputDropout() {
        return inputDropout;
    }

    StateActivation stateActivation() {
        return stateActivation;
    }

    /// A kernel of this layer's size.
    abstract SequenceKernel kernel(int threads);

    /// Gates of a unit.
    abstract int gates();

    /// Keys of the biases.
    abstract List<String> biases();

    /// Initial bias of a gate's units.
    double initialBias(int gate) {
        return getBiasInit();
    }

    /// Floats that the kernel keeps per example, step and unit while training.
    abstract int kept();

    /// Whether the layer can start from a state: without, whole sequences are all it can run.
    boolean storesState() {
        return true;
    }

    /// Seed of the dropout masks. It depends on where the parameters lie in the network's: the two directions of a
    /// bidirectional layer, alike in all else, drop different units.
    long maskSeed(NeuralNetConfiguration configuration, INDArray parameters, int index) {
        return (configuration.getSeed() * 31 + parameters.length() + index) * 31 + parameters.offset();
    }

    /// @throws InvalidInputException when the kernel has no such size
    void requireUnits() {}

    /// @throws InvalidInputException when the network's data type is not FLOAT, or the kernel cannot have nOut units
    @Override
    public org.deeplearning4j.nn.api.Layer instantiate(
            NeuralNetConfiguration configuration,
            Collection<TrainingListener> listeners,
            int index,
            INDArray parameters,
            boolean initialise,
            DataType dataType) {
        KernelLayers.requireFloat(this, dataType);
        LayerValidation.assertNInNOutSet(getClass().getSimpleName(), getLayerName(), index, getNIn(), getNOut());
        requireUnits();
        return KernelLayers.assemble(
                new SequenceLayerImpl(configuration, dataType),
                configuration,
                listeners,
                index,
                parameters,
                initialise);
    }

    @Override
    public ParamInitializer initializer() {
        return SequenceParamInitializer.INSTANCE;
    }

    @Override
    public LayerMemoryReport getMemoryReport(InputType inputType) {
        long steps = Math.max(1, ((InputType.InputTypeRecurrent) inputType).getTimeSeriesLength());
        return KernelLayers.memory(this, inputType, kept() * steps * getNOut());
    }

    /// Builds the configuration; `nOut` is the number of units.
    public abstract static class Builder<T extends Builder<T>> extends BaseRecurrentLayer.Builder<T> {

        private double recurrentDropout;
        private double inputDropout;
        StateActivation stateActivation = StateActivation.TANH;

        @SuppressWarnings("unchecked") // every builder is its own T
        private T self() {
            return (T) this;
        }

        /// While training, drops units of the state on its way into the gates, the same ones at every step of a
        /// sequence (Gal & Ghahramani, *A Theoretically Grounded Application of Dropout in Recurrent Neural
        /// Networks*, 2016). Keras's `recurrent_dropout`, with one mask for all gates.
        ///
        /// @param share of the units, from 0 (none) to below 1
        /// @throws InvalidInputException when the share is out of range
        public T recurrentDropout(double share) {
            this.recurrentDropout = requireShare("recurrentDropout", share);
            return self();
        }

        /// While training, drops inputs, the same ones at every step of a sequence, and scales the others up: what
        /// Keras calls `dropout` of a recurrent layer, with one mask for all gates.
        ///
        /// @param share of the inputs, from 0 (none) to below 1
        /// @throws InvalidInputException when the share is out of range
        public T inputDropout(double share) {
            this.inputDropout = requireShare("inputDropout", share);
            return self();
        }

        private static double requireShare(String name, double share) {
            if (share >= 0 && share < 1) {
                return share;
            }
            throw new InvalidInputException(name + " must be from 0 to below 1, found " + share);
        }
    }
}
