package dev.headwater.benchmarks.onnx;

import dev.headwater.kernels.Seq2SeqShape;
import dev.headwater.kernels.Seq2SeqShape.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Writes an encoder-decoder GRU without embeddings as an ONNX model with the same weights.
///
/// Inputs: `encoder` `[lookback][windows][encoderInputs]`, `decoder` `[horizon][windows][decoderInputs]`, `base` and
/// `scale` `[windows]`. Output: `forecasts` `[horizon][windows]`.
///
/// The decoder's operator gets the encoder's last state as further inputs of each step, as an exported model does:
/// there is no operator that projects it once.
public final class OnnxModel {

    /// ONNX has the gates in the order z, r, n; PyTorch and we in the order r, z, n.
    private static final int[] GATES = {1, 0, 2};

    private final Seq2SeqShape shape;
    private final float[] parameters;
    private final Map<String, Tensor> tensors;
    private final OnnxGraph graph = new OnnxGraph();

    private OnnxModel(Seq2SeqShape shape, float[] parameters) {
        this.shape = shape;
        this.parameters = parameters;
        this.tensors = shape.tensors().stream().collect(Collectors.toMap(Tensor::name, Function.identity()));
    }

    /// The bytes of an `.onnx` file.
    ///
    /// @throws IllegalArgumentException when the network has embeddings
    public static byte[] of(Seq2SeqShape shape, float[] parameters) {
        if (!shape.embeddings().isEmpty()) {
            throw new IllegalArgumentException("the network must have no embeddings, found " + shape.embeddings());
        }
        OnnxModel model = new OnnxModel(shape, parameters);
        model.declare();
        model.encode();
        model.decode();
        model.forecast();
        return model.graph.toModel();
    }

    private void declare() {
        graph.input("encoder", shape.lookback(), "windows", shape.encoderInputs())
                .input("decoder", shape.horizon(), "windows", shape.decoderInputs())
                .input("base", "windows")
                .input("scale", "windows")
                .output("forecasts", shape.horizon(), "windows");
    }

    private void encode() {
        weights("encoder", shape.encoderInputs());
        gru(List.of("encoder", "encoder.W", "encoder.R", "encoder.B"), List.of("", "encoded"));
    }

    private void decode() {
        weights("decoder", shape.decoderInputs() + shape.hidden());
        graph.numbers("steps", shape.horizon(), 1, 1);
        graph.node("Expand", List.of("encoded", "steps"), List.of("repeated"), Map.of());
        graph.node("Concat", List.of("decoder", "repeated"), List.of("decoder.X"), Map.of("axis", 2));
        gru(List.of("decoder.X", "decoder.W", "decoder.R", "decoder.B", "", "encoded"), List.of("states"));
    }

    private void gru(List<String> inputs, List<String> outputs) {
        graph.node("GRU", inputs, outputs, Map.of("hidden_size", shape.hidden(), "linear_before_reset", 1));
    }

    /// Head, base and scale of `states` `[horizon][1][windows][hidden]`.
    private void forecast() {
        graph.tensor("head.weight", values("head.weight"), shape.hidden(), 1);
        graph.tensor("head.bias", values("head.bias"), 1);
        graph.numbers("single", 1, 3);
        graph.node("MatMul", List.of("states", "head.weight"), List.of("products"), Map.of());
        graph.node("Add", List.of("products", "head.bias"), List.of("outputs"), Map.of());
        graph.node("Squeeze", List.of("outputs", "single"), List.of("changes"), Map.of());
        graph.node("Mul", List.of("changes", "scale"), List.of("scaled"), Map.of());
        graph.node("Add", List.of("scaled", "base"), List.of("forecasts"), Map.of());
    }

    private void weights(String gru, int inputs) {
        int hidden = shape.hidden();
        graph.tensor(gru + ".W", byGate(gru + ".weight_ih"), 1, 3L * hidden, inputs);
        graph.tensor(gru + ".R", byGate(gru + ".weight_hh"), 1, 3L * hidden, hidden);
        float[] biases = Arrays.copyOf(byGate(gru + ".bias_ih"), 6 * hidden);
        System.arraycopy(byGate(gru + ".bias_hh"), 0, biases, 3 * hidden, 3 * hidden);
        graph.tensor(gru + ".B", biases, 1, 6L * hidden);
    }

    /// A tensor's values, a gate's rows after the other's.
    private float[] byGate(String tensor) {
        float[] values = values(tensor);
        float[] ordered = new float[values.length];
        int block = values.length / GATES.length;
        for (int gate = 0; gate < GATES.length; gate++) {
            System.arraycopy(values, GATES[gate] * block, ordered, gate * block, block);
        }
        return ordered;
    }

    private float[] values(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalStateException("no tensor " + name);
        }
        return Arrays.copyOfRange(parameters, tensor.offset(), tensor.end());
    }
}
