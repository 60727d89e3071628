package dev.headwater.trainer.layer;

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

/// Reduces a sequence to one row: the mean of its steps, weighted by a softmax over a learnt score `v h` of each
/// step (Luong et al., *Effective Approaches to Attention-based Neural Machine Translation*, 2015, with the query
/// learnt). Activations `[batch, n, steps]` in, `[batch, n]` out. The data type is FLOAT; masks are not supported.
public class AttentionPoolingLayer extends FeedForwardLayer {

    private static final long serialVersionUID = 1L;

    /// For deserialisation.
    public AttentionPoolingLayer() {}

    private AttentionPoolingLayer(Builder builder) {
        super(builder);
    }

    @Override
    public org.deeplearning4j.nn.api.Layer instantiate(
            NeuralNetConfiguration configuration,
            Collection<TrainingListener> listeners,
            int index,
            INDArray parameters,
            boolean initialise,
            DataType dataType) {
        KernelLayers.requireFloat(this, dataType);
        LayerValidation.assertNInNOutSet("AttentionPoolingLayer", getLayerName(), index, getNIn(), getNOut());
        return KernelLayers.assemble(
                new AttentionPoolingLayerImpl(configuration, dataType),
                configuration,
                listeners,
                index,
                parameters,
                initialise);
    }

    @Override
    public ParamInitializer initializer() {
        return AttentionParamInitializer.INSTANCE;
    }

    /// The output is as wide as the input.
    @Override
    public void setNIn(InputType inputType, boolean override) {
        long width = ((InputType.InputTypeRecurrent) inputType).getSize();
        setNIn(width);
        setNOut(width);
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        return InputType.feedForward(((InputType.InputTypeRecurrent) inputType).getSize());
    }

    /// Sequences are read as they are.
    @Override
    public @Nullable InputPreProcessor getPreProcessorForInputType(InputType inputType) {
        return null;
    }

    @Override
    public LayerMemoryReport getMemoryReport(InputType inputType) {
        return KernelLayers.memory(this, inputType, 2 * getNIn());
    }

    /// Builds the configuration; the width follows from the input.
    public static class Builder extends FeedForwardLayer.Builder<Builder> {

        @Override
        public AttentionPoolingLayer build() {
            return new AttentionPoolingLayer(this);
        }
    }
}
