package dev.headwater.trainer.layer;

import java.util.Collection;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/// A convolution over time on the vector kernels, as the first layer of a DL4J network: rows
/// `[batch, frames * width]` in, `[batch, filters, steps, 1]` out, which DL4J's batch normalisation reads.
/// DL4J's own convolution spends its time copying patches. The data type is FLOAT; there is no activation.
public class TimeConvolutionLayer extends FeedForwardLayer {

    private static final long serialVersionUID = 1L;

    // Plain fields, because DL4J's JSON mapper is too old for records.
    @JsonProperty
    private int frames;

    @JsonProperty
    private int width;

    @JsonProperty
    private int filters;

    @JsonProperty
    private int kernel;

    @JsonProperty
    private int stride;

    /// For deserialisation.
    public TimeConvolutionLayer() {}

    private TimeConvolutionLayer(Builder builder) {
        super(builder);
        frames = builder.frames;
        width = builder.width;
        filters = builder.filters;
        kernel = builder.kernel;
        stride = builder.stride;
    }

    int frames() {
        return frames;
    }

    int width() {
        return width;
    }

    int filters() {
        return filters;
    }

    int kernel() {
        return kernel;
    }

    int stride() {
        return stride;
    }

    int steps() {
        return (frames - 1) / stride + 1;
    }

    /// @throws dev.headwater.forecasting.InvalidInputException when it is not the first layer (it passes no
    /// gradient on), or the network's data type is not FLOAT
    @Override
    public org.deeplearning4j.nn.api.Layer instantiate(
            NeuralNetConfiguration configuration,
            Collection<TrainingListener> listeners,
            int index,
            INDArray parameters,
            boolean initialise,
            DataType dataType) {
        KernelLayers.requireFloat(this, dataType);
        KernelLayers.requireFirst(this, index);
        return KernelLayers.assemble(
                new TimeConvolutionLayerImpl(configuration, dataType),
                configuration,
                listeners,
                index,
                parameters,
                initialise);
    }

    @Override
    public ParamInitializer initializer() {
        return TimeConvolutionParamInitializer.INSTANCE;
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        return InputType.convolutional(steps(), 1, filters);
    }

    @Override
    public LayerMemoryReport getMemoryReport(InputType inputType) {
        return KernelLayers.memory(this, inputType, 0);
    }

    /// Builds the configuration; `nIn` and `nOut` follow from the sizes.
    public static class Builder extends FeedForwardLayer.Builder<Builder> {

        private final int frames;
        private final int width;
        private final int filters;
        private final int kernel;
        private final int stride;

        /// @param kernel frames that a filter reads, odd
        /// @param stride frames from one output to the next
        public Builder(int frames, int width, int filters, int kernel, int stride) {
            this.frames = frames;
            this.width = width;
            this.filters = filters;
            this.kernel = kernel;
            this.stride = stride;
            nIn((long) frames * width);
            nOut((long) filters * ((frames - 1) / stride + 1));
        }

        @Override
        public TimeConvolutionLayer build() {
            return new TimeConvolutionLayer(this);
        }
    }
}
