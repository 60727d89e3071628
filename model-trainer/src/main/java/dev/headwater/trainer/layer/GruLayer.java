package dev.headwater.trainer.layer;

import dev.headwater.forecasting.InvalidInputException;
import java.util.Collection;
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

/// A gated recurrent unit (Cho et al., *Learning Phrase Representations using RNN Encoder-Decoder*, 2014) for DL4J,
/// which has none: activations `[batch, nIn, steps]` in, `[batch, nOut, steps]` out, anywhere in a network.
///
/// The variant is that of PyTorch and cuDNN: the reset gate acts on the recurrent product, `n = tanh(W x + b + r * (U h
/// + c))`. The activations are fixed, sigmoid for the gates and tanh for the candidate; a configured activation has
/// no effect. At a masked step the state is carried over, and is the output. The data type is FLOAT.
public class GruLayer extends BaseRecurrentLayer {

    private static final long serialVersionUID = 1L;

    /// For deserialisation.
    public GruLayer() {}

    /// Share of the state that is dropped on its way into the gates.
    @JsonProperty
    private double recurrentDropout;

    private GruLayer(Builder builder) {
        super(builder);
        recurrentDropout = builder.recurrentDropout;
    }

    double recurrentDropout() {
        return recurrentDropout;
    }

    /// @throws InvalidInputException when the network's data type is not FLOAT, or nOut no multiple of 4
    @Override
    public org.deeplearning4j.nn.api.Layer instantiate(
            NeuralNetConfiguration configuration,
            Collection<TrainingListener> listeners,
            int index,
            INDArray parameters,
            boolean initialise,
            DataType dataType) {
        KernelLayers.requireFloat(this, dataType);
        LayerValidation.assertNInNOutSet("GruLayer", getLayerName(), index, getNIn(), getNOut());
        if (getNOut() % 4 != 0) {
            throw new InvalidInputException(
                    "layer " + getLayerName() + ": nOut must be a multiple of 4, found " + getNOut());
        }
        return KernelLayers.assemble(
                new GruLayerImpl(configuration, dataType), configuration, listeners, index, parameters, initialise);
    }

    @Override
    public ParamInitializer initializer() {
        return GruParamInitializer.INSTANCE;
    }

    /// Per example and step, the kernel keeps three gates, the recurrent part of the candidate and the state.
    @Override
    public LayerMemoryReport getMemoryReport(InputType inputType) {
        long steps = Math.max(1, ((InputType.InputTypeRecurrent) inputType).getTimeSeriesLength());
        return KernelLayers.memory(this, inputType, 5 * steps * getNOut());
    }

    /// Builds the configuration; `nOut` is the number of units.
    public static class Builder extends BaseRecurrentLayer.Builder<Builder> {

        private double recurrentDropout;

        /// While training, drops units of the state on its way into the gates, the same ones at every step of a
        /// sequence (Gal & Ghahramani, *A Theoretically Grounded Application of Dropout in Recurrent Neural
        /// Networks*, 2016).
        ///
        /// @param share of the units, from 0 (none) to below 1
        public Builder recurrentDropout(double share) {
            this.recurrentDropout = share;
            return this;
        }

        @Override
        public GruLayer build() {
            return new GruLayer(this);
        }
    }
}
