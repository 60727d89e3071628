package dev.headwater.trainer.layer;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/// Parameters of [GruLayer] within DL4J's flat vector, row-major one after the other: `W [3H, I]`, `RW [3H, H]`, `b
/// [3H]`, `rb [3H]`, gates in the order reset, update, candidate. They are PyTorch's `weight_ih`, `weight_hh`,
/// `bias_ih` and `bias_hh` under the names that DL4J's recurrent layers use.
final class GruParamInitializer implements ParamInitializer {

    static final GruParamInitializer INSTANCE = new GruParamInitializer();

    static final String INPUT_WEIGHTS = "W";
    static final String RECURRENT_WEIGHTS = "RW";
    static final String INPUT_BIAS = "b";
    static final String RECURRENT_BIAS = "rb";

    private static final List<String> WEIGHTS = List.of(INPUT_WEIGHTS, RECURRENT_WEIGHTS);
    private static final List<String> BIASES = List.of(INPUT_BIAS, RECURRENT_BIAS);
    private static final List<String> ALL = List.of(INPUT_WEIGHTS, RECURRENT_WEIGHTS, INPUT_BIAS, RECURRENT_BIAS);

    private GruParamInitializer() {}

    @Override
    public long numParams(NeuralNetConfiguration configuration) {
        return numParams(configuration.getLayer());
    }

    @Override
    public long numParams(Layer layer) {
        GruLayer gru = (GruLayer) layer;
        return 3 * gru.getNOut() * (gru.getNIn() + gru.getNOut() + 2);
    }

    @Override
    public List<String> paramKeys(Layer layer) {
        return ALL;
    }

    @Override
    public List<String> weightKeys(Layer layer) {
        return WEIGHTS;
    }

    @Override
    public List<String> biasKeys(Layer layer) {
        return BIASES;
    }

    @Override
    public boolean isWeightParam(Layer layer, String key) {
        return WEIGHTS.contains(key);
    }

    @Override
    public boolean isBiasParam(Layer layer, String key) {
        return BIASES.contains(key);
    }

    @Override
    public Map<String, INDArray> init(NeuralNetConfiguration configuration, INDArray view, boolean initialise) {
        ALL.forEach(configuration::addVariable);
        GruLayer gru = (GruLayer) configuration.getLayer();
        Map<String, INDArray> table = split(gru, view);
        if (initialise) {
            initialise(gru, table);
        }
        return table;
    }

    private static void initialise(GruLayer gru, Map<String, INDArray> table) {
        long in = gru.getNIn();
        long hidden = gru.getNOut();
        IWeightInit weights = gru.getWeightInitFn();
        IWeightInit recurrent = gru.getWeightInitFnRecurrent() == null ? weights : gru.getWeightInitFnRecurrent();
        fill(weights, in, hidden, requireNonNull(table.get(INPUT_WEIGHTS)));
        fill(recurrent, hidden, hidden, requireNonNull(table.get(RECURRENT_WEIGHTS)));
        BIASES.forEach(bias -> requireNonNull(table.get(bias)).assign(gru.getBiasInit()));
    }

    private static void fill(IWeightInit init, long fanIn, long fanOut, INDArray matrix) {
        init.init(fanIn, fanOut, matrix.shape(), 'c', matrix.reshape('c', 1, matrix.length()));
    }

    @Override
    public Map<String, INDArray> getGradientsFromFlattened(NeuralNetConfiguration configuration, INDArray gradients) {
        return split((GruLayer) configuration.getLayer(), gradients);
    }

    private static Map<String, INDArray> split(GruLayer gru, INDArray view) {
        long rows = 3 * gru.getNOut();
        INDArray flat = view.reshape(view.length());
        Map<String, INDArray> table = new LinkedHashMap<>();
        long at = 0;
        at = take(flat, at, INPUT_WEIGHTS, rows, gru.getNIn(), table);
        at = take(flat, at, RECURRENT_WEIGHTS, rows, gru.getNOut(), table);
        at = take(flat, at, INPUT_BIAS, 1, rows, table);
        take(flat, at, RECURRENT_BIAS, 1, rows, table);
        return table;
    }

    /// Cuts one tensor out of the flat vector.
    private static long take(INDArray flat, long at, String key, long rows, long columns, Map<String, INDArray> table) {
        long end = at + rows * columns;
        table.put(key, flat.get(NDArrayIndex.interval(at, end)).reshape('c', rows, columns));
        return end;
    }
}
