package dev.headwater.trainer.layer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/// Parameters of a layer of this package: matrices that lie one after the other in DL4J's flat vector,
/// row-major. All of them are weights or biases; weight decay leaves biases alone.
///
/// @param <L> configuration of the layer
abstract class KernelParamInitializer<L extends BaseLayer> implements ParamInitializer {

    private final Class<L> type;

    KernelParamInitializer(Class<L> type) {
        this.type = type;
    }

    /// A parameter, `[rows, columns]`.
    record Matrix(String key, long rows, long columns) {

        long length() {
            return rows * columns;
        }
    }

    /// The matrices in the order of the flat vector.
    abstract List<Matrix> matrices(L layer);

    abstract boolean isBias(String key);

    /// Fills fresh parameters.
    ///
    /// @param view  all of them in one row
    /// @param table parts of the view by key
    abstract void initialise(L layer, NeuralNetConfiguration configuration, INDArray view, Map<String, INDArray> table);

    private List<Matrix> matrices(Layer layer) {
        return matrices(type.cast(layer));
    }

    @Override
    public long numParams(NeuralNetConfiguration configuration) {
        return numParams(configuration.getLayer());
    }

    @Override
    public long numParams(Layer layer) {
        return matrices(layer).stream().mapToLong(Matrix::length).sum();
    }

    @Override
    public List<String> paramKeys(Layer layer) {
        return matrices(layer).stream().map(Matrix::key).toList();
    }

    @Override
    public List<String> weightKeys(Layer layer) {
        return paramKeys(layer).stream().filter(key -> !isBias(key)).toList();
    }

    @Override
    public List<String> biasKeys(Layer layer) {
        return paramKeys(layer).stream().filter(this::isBias).toList();
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
        L layer = type.cast(configuration.getLayer());
        paramKeys(layer).forEach(configuration::addVariable);
        Map<String, INDArray> table = split(layer, view);
        if (initialise) {
            initialise(layer, configuration, view, table);
        }
        return table;
    }

    @Override
    public Map<String, INDArray> getGradientsFromFlattened(NeuralNetConfiguration configuration, INDArray gradients) {
        return split(type.cast(configuration.getLayer()), gradients);
    }

    /// Fills a matrix with initial values as the layer's settings say.
    static void fill(IWeightInit init, long fanIn, long fanOut, INDArray matrix) {
        init.init(fanIn, fanOut, matrix.shape(), 'c', matrix.reshape('c', 1, matrix.length()));
    }

    private Map<String, INDArray> split(L layer, INDArray view) {
        INDArray flat = view.reshape(view.length());
        Map<String, INDArray> table = new LinkedHashMap<>();
        long at = 0;
        for (Matrix matrix : matrices(layer)) {
            INDArray part = flat.get(NDArrayIndex.interval(at, at + matrix.length()));
            table.put(matrix.key(), part.reshape('c', matrix.rows(), matrix.columns()));
            at += matrix.length();
        }
        return table;
    }
}
