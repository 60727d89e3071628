package dev.headwater.trainer.layer;

import dev.headwater.kernels.DropoutMasks;
import dev.headwater.kernels.Seq2SeqShape;
import dev.headwater.kernels.Seq2SeqShape.Embedding;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/// The whole encoder-decoder GRU of [Seq2SeqShape] as the first layer of a DL4J network: packed windows `[batch,
/// rowLength]` in, forecasts `[batch, horizon]` in the unit of the target out. A loss layer follows it.
///
/// The parameters are the shape's flat vector; initial values come from the network's seed. The data type is FLOAT.
public class Seq2SeqLayer extends FeedForwardLayer {

    private static final long serialVersionUID = 1L;

    // Plain fields, because DL4J's JSON mapper is too old for records.
    @JsonProperty
    private int lookback;

    @JsonProperty
    private int horizon;

    @JsonProperty
    private int encoderInputs;

    @JsonProperty
    private int decoderInputs;

    @JsonProperty
    private int hidden;

    @JsonProperty
    private String[] embeddingNames = {};

    @JsonProperty
    private int[] embeddingRows = {};

    @JsonProperty
    private int[] embeddingWidths = {};

    /// For deserialisation.
    public Seq2SeqLayer() {}

    private Seq2SeqLayer(Builder builder) {
        super(builder);
        Seq2SeqShape shape = builder.shape;
        List<Embedding> embeddings = shape.embeddings();
        lookback = shape.lookback();
        horizon = shape.horizon();
        encoderInputs = shape.encoderInputs();
        decoderInputs = shape.decoderInputs();
        hidden = shape.hidden();
        embeddingNames = embeddings.stream().map(Embedding::name).toArray(String[]::new);
        embeddingRows = embeddings.stream().mapToInt(Embedding::rows).toArray();
        embeddingWidths = embeddings.stream().mapToInt(Embedding::width).toArray();
    }

    /// Sizes of the network and layout of its parameters.
    public Seq2SeqShape shape() {
        List<Embedding> embeddings = IntStream.range(0, embeddingNames.length)
                .mapToObj(i -> new Embedding(embeddingNames[i], embeddingRows[i], embeddingWidths[i]))
                .toList();
        return new Seq2SeqShape(lookback, horizon, encoderInputs, decoderInputs, hidden, embeddings);
    }

    /// Sets the dropout masks of the batches that are fitted from now on. Forecasting uses no masks.
    ///
    /// @param layer a layer of this type, as the network holds it
    /// @throws IllegalArgumentException when it is another kind of layer
    public static void drop(org.deeplearning4j.nn.api.Layer layer, DropoutMasks masks) {
        if (!(layer instanceof Seq2SeqLayerImpl mine)) {
            throw new IllegalArgumentException("masks are for a Seq2SeqLayer, found " + layer.getClass());
        }
        mine.drop(masks);
    }

    /// @throws dev.headwater.forecasting.InvalidInputException when it is not the first layer (ids of embeddings
    /// have no gradient to pass on), or the network's data type is not FLOAT
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
                new Seq2SeqLayerImpl(configuration, dataType), configuration, listeners, index, parameters, initialise);
    }

    @Override
    public ParamInitializer initializer() {
        return Seq2SeqParamInitializer.INSTANCE;
    }

    /// Per window and step, the kernel keeps three gates, the recurrent part of the candidate and the state.
    @Override
    public LayerMemoryReport getMemoryReport(InputType inputType) {
        return KernelLayers.memory(this, inputType, 5L * (lookback + horizon) * hidden);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Seq2SeqLayer that && super.equals(other) && shape().equals(that.shape());
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                super.hashCode(),
                lookback,
                horizon,
                encoderInputs,
                decoderInputs,
                hidden,
                Arrays.hashCode(embeddingNames),
                Arrays.hashCode(embeddingRows),
                Arrays.hashCode(embeddingWidths));
    }

    /// Builds the configuration; `nIn` and `nOut` follow from the shape.
    public static class Builder extends FeedForwardLayer.Builder<Builder> {

        private final Seq2SeqShape shape;

        public Builder(Seq2SeqShape shape) {
            this.shape = shape;
            nIn(shape.rowLength());
            nOut(shape.horizon());
        }

        @Override
        public Seq2SeqLayer build() {
            return new Seq2SeqLayer(this);
        }
    }
}
