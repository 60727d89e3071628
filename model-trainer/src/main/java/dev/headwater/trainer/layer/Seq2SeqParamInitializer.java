package dev.headwater.trainer.layer;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Parameters of [Seq2SeqLayer]: DL4J's flat vector is that of its shape, cut by the shape's tensors.
final class Seq2SeqParamInitializer extends KernelParamInitializer<Seq2SeqLayer> {

    static final Seq2SeqParamInitializer INSTANCE = new Seq2SeqParamInitializer();

    private Seq2SeqParamInitializer() {
        super(Seq2SeqLayer.class);
    }

    /// Keys are names without underscores: DL4J takes the text after the last underscore as a parameter's name.
    @Override
    List<Matrix> matrices(Seq2SeqLayer layer) {
        return layer.shape().tensors().stream()
                .map(tensor -> new Matrix(tensor.name().replace('_', '-'), tensor.rows(), tensor.columns()))
                .toList();
    }

    @Override
    boolean isBias(String key) {
        return key.substring(key.lastIndexOf('.') + 1).startsWith("bias");
    }

    @Override
    void initialise(
            Seq2SeqLayer layer, NeuralNetConfiguration configuration, INDArray view, Map<String, INDArray> table) {
        Floats.write(layer.shape().initialise(configuration.getSeed()), view);
    }
}
