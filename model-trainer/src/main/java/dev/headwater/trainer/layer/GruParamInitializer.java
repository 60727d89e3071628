package dev.headwater.trainer.layer;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.nd4j.linalg.api.ndarray.INDArray;

/// Parameters of [GruLayer]: `W [3H, I]`, `RW [3H, H]`, `b [3H]`, `rb [3H]`, gates in the order reset, update,
/// candidate. They are PyTorch's `weight_ih`, `weight_hh`, `bias_ih` and `bias_hh` under the names that DL4J's
/// recurrent layers use.
final class GruParamInitializer extends KernelParamInitializer<GruLayer> {

    static final GruParamInitializer INSTANCE = new GruParamInitializer();

    static final String INPUT_WEIGHTS = "W";
    static final String RECURRENT_WEIGHTS = "RW";
    static final String INPUT_BIAS = "b";
    static final String RECURRENT_BIAS = "rb";

    private static final List<String> BIASES = List.of(INPUT_BIAS, RECURRENT_BIAS);

    private GruParamInitializer() {
        super(GruLayer.class);
    }

    @Override
    List<Matrix> matrices(GruLayer gru) {
        long rows = 3 * gru.getNOut();
        return List.of(
                new Matrix(INPUT_WEIGHTS, rows, gru.getNIn()),
                new Matrix(RECURRENT_WEIGHTS, rows, gru.getNOut()),
                new Matrix(INPUT_BIAS, 1, rows),
                new Matrix(RECURRENT_BIAS, 1, rows));
    }

    @Override
    boolean isBias(String key) {
        return BIASES.contains(key);
    }

    @Override
    void initialise(GruLayer gru, NeuralNetConfiguration configuration, INDArray view, Map<String, INDArray> table) {
        long in = gru.getNIn();
        long hidden = gru.getNOut();
        IWeightInit weights = gru.getWeightInitFn();
        IWeightInit recurrent = gru.getWeightInitFnRecurrent() == null ? weights : gru.getWeightInitFnRecurrent();
        fill(weights, in, hidden, requireNonNull(table.get(INPUT_WEIGHTS)));
        fill(recurrent, hidden, hidden, requireNonNull(table.get(RECURRENT_WEIGHTS)));
        BIASES.forEach(bias -> requireNonNull(table.get(bias)).assign(gru.getBiasInit()));
    }
}
