package dev.headwater.trainer.layer;

import dev.headwater.forecasting.InvalidInputException;
import java.util.Collection;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.InputTypeUtil;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/// A convolution over time without padding, on the vector kernels, anywhere in a network: activations `[batch, nIn,
/// steps]` in, `[batch, nOut, steps - kernel + 1]` out. It is the `Conv1D` of Keras with `padding="valid"`; DL4J's own
/// takes more than ten times as long. The data type is FLOAT; masks are not supported.
public class SequenceConvolutionLayer extends FeedForwardLayer {

    private static final long serialVersionUID = 1L;

    @JsonProperty
    private int kernel;

    /// For deserialisation.
    public SequenceConvolutionLayer() {}

    private SequenceConvolutionLayer(Builder builder) {
        super(builder);
        kernel = builder.kernel;
    }

    int kernel() {
        return kernel;
    }

    /// @throws InvalidInputException when the network's data type is not FLOAT
    @Override
    public org.deeplearning4j.nn.api.Layer instantiate(
            NeuralNetConfiguration configuration,
            Collection<TrainingListener> listeners,
            int index,
            INDArray parameters,
            boolean initialise,
            DataType dataType) {
        KernelLayers.requireFloat(this, dataType);
        LayerValidation.assertNInNOutSet("SequenceConvolutionLayer", getLayerName(), index, getNIn(), getNOut());
        return KernelLayers.assemble(
                new SequenceConvolutionLayerImpl(configuration, dataType),
                configuration,
                listeners,
                index,
                parameters,
                initialise);
    }

    @Override
    public ParamInitializer initializer() {
        return SequenceConvolutionParamInitializer.INSTANCE;
    }

    @Override
    public void setNIn(InputType inputType, boolean override) {
        if (getNIn() <= 0 || override) {
            setNIn(sequence(inputType).getSize());
        }
    }

    /// @throws InvalidInputException when the sequences are shorter than the kernel
    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        long steps = sequence(inputType).getTimeSeriesLength();
        if (steps > 0 && steps < kernel) {
            throw new InvalidInputException("layer " + getLayerName() + ": sequences must have at least the kernel's "
                    + kernel + " steps, found " + steps);
        }
        return InputType.recurrent(getNOut(), steps > 0 ? steps - kernel + 1 : steps);
    }

    private InputType.InputTypeRecurrent sequence(InputType inputType) {
        if (inputType instanceof InputType.InputTypeRecurrent sequence && sequence.getFormat() == RNNFormat.NCW) {
            return sequence;
        }
        throw new InvalidInputException(
                "layer " + getLayerName() + ": input must be sequences [batch, width, steps], found " + inputType);
    }

    @Override
    public InputPreProcessor getPreProcessorForInputType(InputType inputType) {
        return InputTypeUtil.getPreprocessorForInputTypeRnnLayers(inputType, RNNFormat.NCW, getLayerName());
    }

    @Override
    public LayerMemoryReport getMemoryReport(InputType inputType) {
        long steps = Math.max(1, sequence(inputType).getTimeSeriesLength());
        return KernelLayers.memory(this, inputType, steps * (getNIn() + getNOut()));
    }

    /// Builds the configuration; `nOut` is the number of filters.
    public static class Builder extends FeedForwardLayer.Builder<Builder> {

        private final int kernel;

        /// @param kernel steps that a filter reads
        public Builder(int kernel) {
            if (kernel < 1) {
                throw new InvalidInputException("convolution: kernel must be at least 1, found " + kernel);
            }
            this.kernel = kernel;
        }

        @Override
        public SequenceConvolutionLayer build() {
            return new SequenceConvolutionLayer(this);
        }
    }
}
