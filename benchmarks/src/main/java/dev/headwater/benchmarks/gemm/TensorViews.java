package dev.headwater.benchmarks.gemm;

import dev.headwater.kernels.Seq2SeqShape;
import dev.headwater.kernels.Seq2SeqShape.Tensor;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/// The tensors of flat parameters by their names, as views.
final class TensorViews {

    private final Map<String, Tensor> tensors;
    private final INDArray flat;

    TensorViews(Seq2SeqShape shape, INDArray flat) {
        this.tensors = shape.tensors().stream().collect(Collectors.toMap(Tensor::name, Function.identity()));
        this.flat = flat;
    }

    /// `[rows][columns]`
    INDArray of(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("no tensor " + name);
        }
        return flat.get(NDArrayIndex.interval(tensor.offset(), tensor.end()))
                .reshape('c', tensor.rows(), tensor.columns());
    }
}
