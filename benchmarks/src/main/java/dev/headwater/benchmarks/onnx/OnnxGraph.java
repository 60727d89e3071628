package dev.headwater.benchmarks.onnx;

import java.util.List;
import java.util.Map;

/// Builds an ONNX model of nodes, tensors, inputs and outputs. Numbers of fields and types are those of `onnx.proto`
/// (<https://github.com/onnx/onnx/blob/main/onnx/onnx.proto>).
final class OnnxGraph {

    private static final long IR_VERSION = 8;
    private static final long OPERATORS = 17; // version of the set of operators: GRU-14, Squeeze-13

    private static final int FLOAT = 1;
    private static final int INT64 = 7;
    private static final int ATTRIBUTE_INT = 2;

    private final ProtoWriter graph = new ProtoWriter().text(2, "headwater");

    /// A tensor with values.
    OnnxGraph tensor(String name, float[] values, long... dimensions) {
        graph.message(5, tensor(name, FLOAT, dimensions).floats(9, values));
        return this;
    }

    /// A vector of whole numbers.
    OnnxGraph numbers(String name, long... values) {
        graph.message(5, tensor(name, INT64, values.length).longs(9, values));
        return this;
    }

    private static ProtoWriter tensor(String name, int type, long... dimensions) {
        ProtoWriter tensor = new ProtoWriter().number(2, type).text(8, name);
        for (long dimension : dimensions) {
            tensor.number(1, dimension);
        }
        return tensor;
    }

    /// @param inputs names; an empty name leaves an optional input out
    /// @param attributes whole numbers by name
    OnnxGraph node(String type, List<String> inputs, List<String> outputs, Map<String, Integer> attributes) {
        ProtoWriter node = new ProtoWriter().text(4, type);
        inputs.forEach(input -> node.text(1, input));
        outputs.forEach(output -> node.text(2, output));
        attributes.forEach((name, value) ->
                node.message(5, new ProtoWriter().text(1, name).number(3, value).number(20, ATTRIBUTE_INT)));
        graph.message(1, node);
        return this;
    }

    /// @param dimensions a number, or a name where the length may vary
    OnnxGraph input(String name, Object... dimensions) {
        graph.message(11, value(name, dimensions));
        return this;
    }

    /// As [#input].
    OnnxGraph output(String name, Object... dimensions) {
        graph.message(12, value(name, dimensions));
        return this;
    }

    private static ProtoWriter value(String name, Object... dimensions) {
        ProtoWriter shape = new ProtoWriter();
        for (Object dimension : dimensions) {
            shape.message(
                    1,
                    dimension instanceof Integer length
                            ? new ProtoWriter().number(1, length)
                            : new ProtoWriter().text(2, dimension.toString()));
        }
        ProtoWriter type = new ProtoWriter().number(1, FLOAT).message(2, shape);
        return new ProtoWriter().text(1, name).message(2, new ProtoWriter().message(1, type));
    }

    /// The model as the bytes of an `.onnx` file.
    byte[] toModel() {
        return new ProtoWriter()
                .number(1, IR_VERSION)
                .text(2, "headwater")
                .message(7, graph)
                .message(8, new ProtoWriter().text(1, "").number(2, OPERATORS))
                .toBytes();
    }
}
