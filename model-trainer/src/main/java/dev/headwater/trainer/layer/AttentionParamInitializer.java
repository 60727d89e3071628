package dev.headwater.trainer.layer;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Parameters of [AttentionPoolingLayer]: `W [1, n]`, zero at first, so that a fresh layer takes the plain mean.
final class AttentionParamInitializer implements ParamInitializer {

    static final AttentionParamInitializer INSTANCE = new AttentionParamInitializer();

    static final String WEIGHTS = "W";

    private AttentionParamInitializer() {}

    @Override
    public long numParams(NeuralNetConfiguration configuration) {
        return numParams(configuration.getLayer());
    }

    @Override
    public long numParams(Layer layer) {
        return ((AttentionPoolingLayer) layer).getNIn();
    }

    @Override
    public List<String> paramKeys(Layer layer) {
        return List.of(WEIGHTS);
    }

    @Override
    public List<String> weightKeys(Layer layer) {
        return paramKeys(layer);
    }

    @Override
    public List<String> biasKeys(Layer layer) {
        return List.of();
    }

    @Override
    public boolean isWeightParam(Layer layer, String key) {
        return WEIGHTS.equals(key);
    }

    @Override
    public boolean isBiasParam(Layer layer, String key) {
        return false;
    }

    @Override
    public Map<String, INDArray> init(NeuralNetConfiguration configuration, INDArray view, boolean initialise) {
        configuration.addVariable(WEIGHTS);
        if (initialise) {
            view.assign(0);
        }
        return getGradientsFromFlattened(configuration, view);
    }

    @Override
    public Map<String, INDArray> getGradientsFromFlattened(NeuralNetConfiguration configuration, INDArray view) {
        return Map.of(WEIGHTS, view.reshape('c', 1, view.length()));
    }
}
