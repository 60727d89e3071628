package dev.headwater.trainer.layer;

import dev.headwater.forecasting.gru.Seq2SeqShape;
import dev.headwater.forecasting.gru.Seq2SeqShape.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/// Parameters of [Seq2SeqLayer]: DL4J's flat vector is the one of [Seq2SeqShape], cut by its tensors. Biases are told
/// apart because weight decay leaves them alone.
final class Seq2SeqParamInitializer implements ParamInitializer {

    static final Seq2SeqParamInitializer INSTANCE = new Seq2SeqParamInitializer();

    private Seq2SeqParamInitializer() {}

    private static Seq2SeqShape shape(Layer layer) {
        return ((Seq2SeqLayer) layer).shape();
    }

    /// The tensor's name without underscores: DL4J takes what follows the last one as the name of a parameter.
    private static String key(Tensor tensor) {
        return tensor.name().replace('_', '-');
    }

    private static boolean isBias(String key) {
        return key.substring(key.lastIndexOf('.') + 1).startsWith("bias");
    }

    @Override
    public long numParams(NeuralNetConfiguration configuration) {
        return numParams(configuration.getLayer());
    }

    @Override
    public long numParams(Layer layer) {
        return shape(layer).parameterCount();
    }

    @Override
    public List<String> paramKeys(Layer layer) {
        return shape(layer).tensors().stream().map(Seq2SeqParamInitializer::key).toList();
    }

    @Override
    public List<String> weightKeys(Layer layer) {
        return paramKeys(layer).stream().filter(key -> !isBias(key)).toList();
    }

    @Override
    public List<String> biasKeys(Layer layer) {
        return paramKeys(layer).stream().filter(Seq2SeqParamInitializer::isBias).toList();
    }

    @Override
    public boolean isWeightParam(Layer layer, String key) {
        return !isBias(key);
    }

    @Override
    public boolean isBiasParam(Layer layer, String key) {
        return isBias(key);
    }

    @Override
    public Map<String, INDArray> init(NeuralNetConfiguration configuration, INDArray view, boolean initialise) {
        Seq2SeqShape shape = shape(configuration.getLayer());
        shape.tensors().forEach(tensor -> configuration.addVariable(key(tensor)));
        if (initialise) {
            Floats.write(shape.initialise(configuration.getSeed()), view);
        }
        return split(shape, view);
    }

    @Override
    public Map<String, INDArray> getGradientsFromFlattened(NeuralNetConfiguration configuration, INDArray gradients) {
        return split(shape(configuration.getLayer()), gradients);
    }

    private static Map<String, INDArray> split(Seq2SeqShape shape, INDArray view) {
        INDArray flat = view.reshape(view.length());
        Map<String, INDArray> table = new LinkedHashMap<>();
        for (Tensor tensor : shape.tensors()) {
            INDArray part = flat.get(NDArrayIndex.interval(tensor.offset(), tensor.end()));
            table.put(key(tensor), part.reshape('c', tensor.rows(), tensor.columns()));
        }
        return table;
    }
}
