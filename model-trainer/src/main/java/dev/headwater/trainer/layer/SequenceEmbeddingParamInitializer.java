package dev.headwater.trainer.layer;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Parameters of [SequenceEmbeddingLayer]: `W [ids, width]`.
final class SequenceEmbeddingParamInitializer extends KernelParamInitializer<SequenceEmbeddingLayer> {

    static final SequenceEmbeddingParamInitializer INSTANCE = new SequenceEmbeddingParamInitializer();

    static final String WEIGHTS = "W";

    private SequenceEmbeddingParamInitializer() {
        super(SequenceEmbeddingLayer.class);
    }

    @Override
    List<Matrix> matrices(SequenceEmbeddingLayer layer) {
        return List.of(new Matrix(WEIGHTS, layer.getNIn(), layer.getNOut()));
    }

    @Override
    boolean isBias(String key) {
        return false;
    }

    @Override
    void initialise(
            SequenceEmbeddingLayer layer,
            NeuralNetConfiguration configuration,
            INDArray view,
            Map<String, INDArray> table) {
        table.values().forEach(matrix -> fill(layer.getWeightInitFn(), layer.getNIn(), layer.getNOut(), matrix));
    }
}
