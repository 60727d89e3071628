package dev.headwater.trainer.layer;

import dev.headwater.forecasting.InvalidInputException;
import java.util.Collection;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/// A learnt row of numbers for each of `nIn` ids, as the first layer of a network: ids `[batch, steps]` or `[batch, 1,
/// steps]` in, `[batch, nOut, steps]` out. It is the `Embedding` of Keras; DL4J's own takes several times as long,
/// and is told the number of ids by way of the input's type. The data type is FLOAT; masks are not supported.
public class SequenceEmbeddingLayer extends FeedForwardLayer {

    private static final long serialVersionUID = 1L;

    /// For deserialisation.
    public SequenceEmbeddingLayer() {}

    private SequenceEmbeddingLayer(Builder builder) {
        super(builder);
    }

    /// @throws InvalidInputException when it is not the first layer (it passes no gradient on), or the network's data
    /// type is not FLOAT
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
        LayerValidation.assertNInNOutSet("SequenceEmbeddingLayer", getLayerName(), index, getNIn(), getNOut());
        return KernelLayers.assemble(
                new SequenceEmbeddingLayerImpl(configuration, dataType),
                configuration,
                listeners,
                index,
                parameters,
                initialise);
    }

    @Override
    public ParamInitializer initializer() {
        return SequenceEmbeddingParamInitializer.INSTANCE;
    }

    /// The number of ids does not follow from the input.
    @Override
    public void setNIn(InputType inputType, boolean override) {}

    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        return InputType.recurrent(getNOut(), steps(inputType));
    }

    private long steps(InputType inputType) {
        return switch (inputType) {
            case InputType.InputTypeFeedForward row -> row.getSize();
            case InputType.InputTypeRecurrent sequence when sequence.getSize() == 1 -> sequence.getTimeSeriesLength();
            default ->
                throw new InvalidInputException("layer " + getLayerName()
                        + ": input must be ids [batch, steps] or [batch, 1, steps], found " + inputType);
        };
    }

    /// Ids are read as they are.
    @Override
    public @Nullable InputPreProcessor getPreProcessorForInputType(InputType inputType) {
        return null;
    }

    @Override
    public LayerMemoryReport getMemoryReport(InputType inputType) {
        return KernelLayers.memory(this, inputType, Math.max(1, steps(inputType)) * getNOut());
    }

    /// Builds the configuration; `nIn` is the number of ids, `nOut` the numbers of each.
    public static class Builder extends FeedForwardLayer.Builder<Builder> {

        @Override
        public SequenceEmbeddingLayer build() {
            return new SequenceEmbeddingLayer(this);
        }
    }
}
