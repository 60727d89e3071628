package dev.headwater.trainer.layer;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Parameters of [SequenceConvolutionLayer]: `W [filters, inputs * kernel]`, `b [1, filters]`.
final class SequenceConvolutionParamInitializer extends KernelParamInitializer<SequenceConvolutionLayer> {

    static final SequenceConvolutionParamInitializer INSTANCE = new SequenceConvolutionParamInitializer();

    static final String WEIGHTS = "W";
    static final String BIAS = "b";

    private SequenceConvolutionParamInitializer() {
        super(SequenceConvolutionLayer.class);
    }

    @Override
    List<Matrix> matrices(SequenceConvolutionLayer layer) {
        return List.of(
                new Matrix(WEIGHTS, layer.getNOut(), layer.kernel() * layer.getNIn()),
                new Matrix(BIAS, 1, layer.getNOut()));
    }

    @Override
    boolean isBias(String key) {
        return BIAS.equals(key);
    }

    /// An input is read by `kernel` weights of each filter, as Keras counts its fan-out.
    @Override
    void initialise(
            SequenceConvolutionLayer layer,
            NeuralNetConfiguration configuration,
            INDArray view,
            Map<String, INDArray> table) {
        long fanIn = layer.kernel() * layer.getNIn();
        long fanOut = layer.kernel() * layer.getNOut();
        fill(layer.getWeightInitFn(), fanIn, fanOut, requireNonNull(table.get(WEIGHTS)));
        requireNonNull(table.get(BIAS)).assign(layer.getBiasInit());
    }
}
