package dev.headwater.trainer.layer;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/// Parameters of a [SequenceLayer] of G gates: `W [G H, I]`, `RW [G H, H]`, `b [G H]` and perhaps `rb [G H]`. They are
/// PyTorch's `weight_ih`, `weight_hh`, `bias_ih` and `bias_hh` under the names that DL4J's recurrent layers use.
final class SequenceParamInitializer extends KernelParamInitializer<SequenceLayer> {

    static final SequenceParamInitializer INSTANCE = new SequenceParamInitializer();

    static final String INPUT_WEIGHTS = "W";
    static final String RECURRENT_WEIGHTS = "RW";
    static final String BIAS = "b";
    static final String RECURRENT_BIAS = "rb";

    private SequenceParamInitializer() {
        super(SequenceLayer.class);
    }

    @Override
    List<Matrix> matrices(SequenceLayer layer) {
        long rows = layer.gates() * layer.getNOut();
        Stream<Matrix> weights = Stream.of(
                new Matrix(INPUT_WEIGHTS, rows, layer.getNIn()), new Matrix(RECURRENT_WEIGHTS, rows, layer.getNOut()));
        Stream<Matrix> biases = layer.biases().stream().map(key -> new Matrix(key, 1, rows));
        return Stream.concat(weights, biases).toList();
    }

    @Override
    boolean isBias(String key) {
        return key.equals(BIAS) || key.equals(RECURRENT_BIAS);
    }

    @Override
    void initialise(
            SequenceLayer layer, NeuralNetConfiguration configuration, INDArray view, Map<String, INDArray> table) {
        long in = layer.getNIn();
        long hidden = layer.getNOut();
        IWeightInit weights = layer.getWeightInitFn();
        IWeightInit recurrent = layer.getWeightInitFnRecurrent() == null ? weights : layer.getWeightInitFnRecurrent();
        fill(weights, in, hidden, requireNonNull(table.get(INPUT_WEIGHTS)));
        fill(recurrent, hidden, hidden, requireNonNull(table.get(RECURRENT_WEIGHTS)));
        for (String key : layer.biases()) {
            INDArray bias = requireNonNull(table.get(key));
            for (int gate = 0; gate < layer.gates(); gate++) {
                bias.get(NDArrayIndex.all(), NDArrayIndex.interval(gate * hidden, (gate + 1) * hidden))
                        .assign(layer.initialBias(gate));
            }
        }
    }
}
