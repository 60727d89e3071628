package dev.headwater.trainer.layer;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Parameters of [TimeConvolutionLayer]: `W [filters, kernel * width]`, `b [1, filters]`.
final class TimeConvolutionParamInitializer extends KernelParamInitializer<TimeConvolutionLayer> {

    static final TimeConvolutionParamInitializer INSTANCE = new TimeConvolutionParamInitializer();

    static final String WEIGHTS = "W";
    static final String BIAS = "b";

    private TimeConvolutionParamInitializer() {
        super(TimeConvolutionLayer.class);
    }

    private static long patch(TimeConvolutionLayer layer) {
        return (long) layer.kernel() * layer.width();
    }

    @Override
    List<Matrix> matrices(TimeConvolutionLayer layer) {
        return List.of(new Matrix(WEIGHTS, layer.filters(), patch(layer)), new Matrix(BIAS, 1, layer.filters()));
    }

    @Override
    boolean isBias(String key) {
        return BIAS.equals(key);
    }

    @Override
    void initialise(
            TimeConvolutionLayer layer,
            NeuralNetConfiguration configuration,
            INDArray view,
            Map<String, INDArray> table) {
        fill(layer.getWeightInitFn(), patch(layer), layer.filters(), requireNonNull(table.get(WEIGHTS)));
        requireNonNull(table.get(BIAS)).assign(layer.getBiasInit());
    }
}
