package dev.headwater.trainer.layer;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/// Parameters of [TimeConvolutionLayer] within DL4J's flat vector: `W [filters, kernel * width]`, `b [1, filters]`.
final class TimeConvolutionParamInitializer implements ParamInitializer {

    static final TimeConvolutionParamInitializer INSTANCE = new TimeConvolutionParamInitializer();

    static final String WEIGHTS = "W";
    static final String BIAS = "b";

    private TimeConvolutionParamInitializer() {}

    private static long patch(TimeConvolutionLayer layer) {
        return (long) layer.kernel() * layer.width();
    }

    @Override
    public long numParams(NeuralNetConfiguration configuration) {
        return numParams(configuration.getLayer());
    }

    @Override
    public long numParams(Layer layer) {
        TimeConvolutionLayer convolution = (TimeConvolutionLayer) layer;
        return convolution.filters() * (patch(convolution) + 1);
    }

    @Override
    public List<String> paramKeys(Layer layer) {
        return List.of(WEIGHTS, BIAS);
    }

    @Override
    public List<String> weightKeys(Layer layer) {
        return List.of(WEIGHTS);
    }

    @Override
    public List<String> biasKeys(Layer layer) {
        return List.of(BIAS);
    }

    @Override
    public boolean isWeightParam(Layer layer, String key) {
        return WEIGHTS.equals(key);
    }

    @Override
    public boolean isBiasParam(Layer layer, String key) {
        return BIAS.equals(key);
    }

    @Override
    public Map<String, INDArray> init(NeuralNetConfiguration configuration, INDArray view, boolean initialise) {
        paramKeys(configuration.getLayer()).forEach(configuration::addVariable);
        TimeConvolutionLayer layer = (TimeConvolutionLayer) configuration.getLayer();
        Map<String, INDArray> table = split(layer, view);
        if (initialise) {
            INDArray weights = requireNonNull(table.get(WEIGHTS));
            layer.getWeightInitFn()
                    .init(
                            patch(layer),
                            layer.filters(),
                            weights.shape(),
                            'c',
                            weights.reshape('c', 1, weights.length()));
            requireNonNull(table.get(BIAS)).assign(layer.getBiasInit());
        }
        return table;
    }

    @Override
    public Map<String, INDArray> getGradientsFromFlattened(NeuralNetConfiguration configuration, INDArray gradients) {
        return split((TimeConvolutionLayer) configuration.getLayer(), gradients);
    }

    private static Map<String, INDArray> split(TimeConvolutionLayer layer, INDArray view) {
        long weights = layer.filters() * patch(layer);
        INDArray flat = view.reshape(view.length());
        Map<String, INDArray> table = new LinkedHashMap<>();
        table.put(WEIGHTS, flat.get(NDArrayIndex.interval(0, weights)).reshape('c', layer.filters(), patch(layer)));
        table.put(
                BIAS,
                flat.get(NDArrayIndex.interval(weights, weights + layer.filters()))
                        .reshape('c', 1, layer.filters()));
        return table;
    }
}
