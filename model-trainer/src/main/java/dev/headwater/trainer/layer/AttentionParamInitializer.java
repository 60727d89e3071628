package dev.headwater.trainer.layer;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Parameters of [AttentionPoolingLayer]: `W [1, n]`, zero at first, so that a fresh layer takes the plain mean.
final class AttentionParamInitializer extends KernelParamInitializer<AttentionPoolingLayer> {

    static final AttentionParamInitializer INSTANCE = new AttentionParamInitializer();

    static final String WEIGHTS = "W";

    private AttentionParamInitializer() {
        super(AttentionPoolingLayer.class);
    }

    @Override
    List<Matrix> matrices(AttentionPoolingLayer layer) {
        return List.of(new Matrix(WEIGHTS, 1, layer.getNIn()));
    }

    @Override
    boolean isBias(String key) {
        return false;
    }

    @Override
    void initialise(
            AttentionPoolingLayer layer,
            NeuralNetConfiguration configuration,
            INDArray view,
            Map<String, INDArray> table) {
        view.assign(0);
    }
}
