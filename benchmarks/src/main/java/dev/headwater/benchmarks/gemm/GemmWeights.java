package dev.headwater.benchmarks.gemm;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import dev.headwater.kernels.Seq2SeqShape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/// The weights of the network, or their gradients, as factors of matrix products: views of one vector. Biases are the
/// last rows, so that they are no operations of their own.
///
/// @param flat all of them
/// @param head `[hidden + 1][1]`
record GemmWeights(INDArray flat, Gru encoder, Gru decoder, INDArray head) {

    private static final int GATES = 3;

    /// Of one GRU: a column per gate and unit, in the order r, z, n.
    ///
    /// @param inputs `[inputs + 1][3 hidden]`; its biases of r and z are those of the state too
    /// @param gates `[hidden][2 hidden]`, what r and z read of the state
    /// @param candidate `[hidden + 1][hidden]`, what n reads of the state
    /// @param context `[hidden][3 hidden]`, what a decoder reads of the encoder's last state
    record Gru(INDArray inputs, INDArray gates, INDArray candidate, INDArray context) {}

    /// Cuts a vector into matrices, in column order, as products want their results.
    private static final class Cutter {

        private final INDArray flat;
        private long at;

        Cutter(long length) {
            flat = Nd4j.zeros(DataType.FLOAT, length);
        }

        INDArray matrix(long rows, long columns) {
            INDArray part = flat.get(interval(at, at + rows * columns));
            at += rows * columns;
            return part.reshape('f', rows, columns);
        }

        Gru gru(long inputs, long hidden) {
            return new Gru(
                    matrix(inputs + 1, GATES * hidden),
                    matrix(hidden, 2 * hidden),
                    matrix(hidden + 1, hidden),
                    matrix(hidden, GATES * hidden));
        }
    }

    /// Zeros.
    static GemmWeights of(Seq2SeqShape shape) {
        long hidden = shape.hidden();
        long each = GATES * hidden * 2 * hidden + hidden;
        long inputs = shape.encoderInputs() + shape.decoderInputs() + 2;
        Cutter cutter = new Cutter(2 * each + GATES * hidden * inputs + hidden + 1);
        return new GemmWeights(
                cutter.flat,
                cutter.gru(shape.encoderInputs(), hidden),
                cutter.gru(shape.decoderInputs(), hidden),
                cutter.matrix(hidden + 1, 1));
    }

    /// The network's parameters.
    static GemmWeights of(Seq2SeqShape shape, float[] parameters) {
        GemmWeights weights = of(shape);
        TensorViews tensors = new TensorViews(shape, Nd4j.createFromArray(parameters));
        load(tensors, "encoder", weights.encoder);
        load(tensors, "decoder", weights.decoder);
        rows(weights.head, 0, shape.hidden()).assign(tensors.of("head.weight").transpose());
        weights.head.getRow(shape.hidden()).assign(tensors.of("head.bias"));
        return weights;
    }

    private static void load(TensorViews tensors, String name, Gru gru) {
        long hidden = gru.gates.rows();
        long inputs = gru.inputs.rows() - 1L;
        INDArray ih = tensors.of(name + ".weight_ih").transpose();
        INDArray hh = tensors.of(name + ".weight_hh").transpose();
        INDArray biasHh = tensors.of(name + ".bias_hh").transpose();
        rows(gru.inputs, 0, inputs).assign(rows(ih, 0, inputs));
        rows(gru.inputs, inputs, inputs + 1)
                .assign(tensors.of(name + ".bias_ih").transpose());
        columns(rows(gru.inputs, inputs, inputs + 1), 0, 2 * hidden).addi(columns(biasHh, 0, 2 * hidden));
        gru.gates.assign(columns(hh, 0, 2 * hidden));
        rows(gru.candidate, 0, hidden).assign(columns(hh, 2 * hidden, GATES * hidden));
        rows(gru.candidate, hidden, hidden + 1).assign(columns(biasHh, 2 * hidden, GATES * hidden));
        if (ih.rows() > inputs) {
            gru.context.assign(rows(ih, inputs, inputs + hidden));
        }
    }

    /// These gradients in the layout of the network's parameters.
    float[] toParameters(Seq2SeqShape shape) {
        INDArray parameters = Nd4j.zeros(DataType.FLOAT, shape.parameterCount());
        TensorViews tensors = new TensorViews(shape, parameters);
        store(tensors, "encoder", encoder);
        store(tensors, "decoder", decoder);
        tensors.of("head.weight").assign(rows(head, 0, shape.hidden()).transpose());
        tensors.of("head.bias").assign(rows(head, shape.hidden(), shape.hidden() + 1L));
        return parameters.toFloatVector();
    }

    private static void store(TensorViews tensors, String name, Gru gru) {
        long hidden = gru.gates.rows();
        long inputs = gru.inputs.rows() - 1L;
        INDArray ih = tensors.of(name + ".weight_ih").transpose();
        INDArray hh = tensors.of(name + ".weight_hh").transpose();
        INDArray biasHh = tensors.of(name + ".bias_hh").transpose();
        INDArray bias = rows(gru.inputs, inputs, inputs + 1);
        rows(ih, 0, inputs).assign(rows(gru.inputs, 0, inputs));
        tensors.of(name + ".bias_ih").transpose().assign(bias);
        columns(biasHh, 0, 2 * hidden).assign(columns(bias, 0, 2 * hidden));
        columns(biasHh, 2 * hidden, GATES * hidden).assign(rows(gru.candidate, hidden, hidden + 1));
        columns(hh, 0, 2 * hidden).assign(gru.gates);
        columns(hh, 2 * hidden, GATES * hidden).assign(rows(gru.candidate, 0, hidden));
        if (ih.rows() > inputs) {
            rows(ih, inputs, inputs + hidden).assign(gru.context);
        }
    }

    static INDArray rows(INDArray matrix, long from, long to) {
        return matrix.get(interval(from, to), all());
    }

    static INDArray columns(INDArray matrix, long from, long to) {
        return matrix.get(all(), interval(from, to));
    }
}
