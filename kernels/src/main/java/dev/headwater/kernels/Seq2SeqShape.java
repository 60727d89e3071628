package dev.headwater.kernels;

import dev.headwater.kernels.internal.GruLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/// Shape of an encoder-decoder GRU, layout of its parameters in one flat array, and layout of a window in a
/// packed row.
///
/// The network: a window's context is the concatenation of its embeddings' rows. The encoder reads `[input of the
/// step ; context]` over the lookback from a zero state. The decoder starts from the encoder's final state hE and
/// reads `[input of the step ; context ; hE]` over the horizon. Its state h gives `forecast = base + scale * (w h
/// + b)`. Cells are PyTorch's (`torch.nn.GRU`: gates r, z, n, reset applied after the recurrent product), so that
/// parameters can be exchanged with it tensor by tensor. Encoder-decoder after Cho et al. 2014, arXiv:1406.1078.
///
/// @param lookback steps the encoder reads, at least 1
/// @param horizon steps forecast, at least 1
/// @param encoderInputs values per lookback step, at least 1
/// @param decoderInputs values per forecast step, at least 0
/// @param hidden units of each GRU, a positive multiple of 4
/// @param embeddings tables of which a window selects one row each; may be empty
public record Seq2SeqShape(
        int lookback, int horizon, int encoderInputs, int decoderInputs, int hidden, List<Embedding> embeddings) {

    /// A table of learnt vectors.
    ///
    /// @param name used in parameter names and messages
    /// @param rows number of rows; ids are 0 to rows - 1
    /// @param width values per row
    public record Embedding(String name, int rows, int width) {
        /// @throws IllegalArgumentException when rows or width is below 1
        public Embedding {
            Objects.requireNonNull(name, "name");
            atLeast("embedding " + name + " rows", rows, 1);
            atLeast("embedding " + name + " width", width, 1);
        }
    }

    /// A parameter tensor: element (row, column) lies at `offset + row * columns + column` of the flat array.
    ///
    /// @param name as in PyTorch; a bias is a single column
    /// @param offset of the first element in the flat array
    public record Tensor(String name, int rows, int columns, int offset) {
        public int size() {
            return rows * columns;
        }

        /// Offset just after the tensor.
        public int end() {
            return offset + size();
        }
    }

    private static final float EMBEDDING_DEVIATION = 0.1f;

    /// @throws IllegalArgumentException naming the component, its rule and the value found
    public Seq2SeqShape {
        atLeast("lookback", lookback, 1);
        atLeast("horizon", horizon, 1);
        atLeast("encoderInputs", encoderInputs, 1);
        atLeast("decoderInputs", decoderInputs, 0);
        atLeast("hidden", hidden, 4);
        if (hidden % 4 != 0) {
            throw new IllegalArgumentException("hidden must be a multiple of 4, found " + hidden);
        }
        embeddings = List.copyOf(embeddings);
        long names = embeddings.stream().map(Embedding::name).distinct().count();
        if (names != embeddings.size()) {
            throw new IllegalArgumentException("embeddings must have distinct names, found " + embeddings);
        }
    }

    private static void atLeast(String what, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(what + " must be at least " + least + ", found " + value);
        }
    }

    /// Width of the context: the sum of all embeddings' widths.
    public int contextWidth() {
        return embeddings.stream().mapToInt(Embedding::width).sum();
    }

    /// All tensors in their order in the flat array: `embedding.NAME.weight` for each embedding;
    /// `encoder.weight_ih`, `weight_hh`, `bias_ih`, `bias_hh`; the same for `decoder`; `head.weight`, `head.bias`.
    public List<Tensor> tensors() {
        List<Tensor> tensors = new ArrayList<>();
        for (int i = 0; i < embeddings.size(); i++) {
            Embedding table = embeddings.get(i);
            String name = "embedding." + table.name() + ".weight";
            tensors.add(new Tensor(name, table.rows(), table.width(), embeddingOffset(i)));
        }
        addTensors(tensors, "encoder", encoder());
        addTensors(tensors, "decoder", decoder());
        tensors.add(new Tensor("head.weight", 1, hidden, headOffset()));
        tensors.add(new Tensor("head.bias", 1, 1, headOffset() + hidden));
        return List.copyOf(tensors);
    }

    private static void addTensors(List<Tensor> tensors, String name, GruLayout gru) {
        int rows = gru.gateRows();
        tensors.add(new Tensor(name + ".weight_ih", rows, gru.inputStride(), gru.offset()));
        tensors.add(new Tensor(name + ".weight_hh", rows, gru.hidden(), gru.recurrentOffset()));
        tensors.add(new Tensor(name + ".bias_ih", rows, 1, gru.inputBiasOffset()));
        tensors.add(new Tensor(name + ".bias_hh", rows, 1, gru.recurrentBiasOffset()));
    }

    /// Length of the flat parameter array.
    public int parameterCount() {
        return headOffset() + hidden + 1;
    }

    /// Fresh parameters: GRU weights and biases uniform within 1 / sqrt(hidden) as in PyTorch; embeddings and
    /// head weights normal with standard deviation 0.1 and 0.1 / sqrt(hidden); head bias zero, so that a fresh
    /// network forecasts close to the base. The same seed gives the same parameters on every machine.
    public float[] initialise(long seed) {
        Random random = new Random(seed);
        float[] parameters = new float[parameterCount()];
        float bound = (float) (1 / Math.sqrt(hidden));
        for (int i = 0; i < encoder().offset(); i++) {
            parameters[i] = EMBEDDING_DEVIATION * (float) random.nextGaussian();
        }
        for (int i = encoder().offset(); i < headOffset(); i++) {
            parameters[i] = bound * (2 * random.nextFloat() - 1);
        }
        for (int i = headOffset(); i < headOffset() + hidden; i++) {
            parameters[i] = 0.1f * bound * (float) random.nextGaussian();
        }
        return parameters;
    }

    /// Floats in a packed window: encoder inputs, decoder inputs, one id per embedding, base, scale.
    public int rowLength() {
        return scaleOffset() + 1;
    }

    /// Offset of the encoder inputs `[lookback][encoderInputs]` in a row.
    public int encoderOffset() {
        return 0;
    }

    /// Offset of the decoder inputs `[horizon][decoderInputs]` in a row.
    public int decoderOffset() {
        return lookback * encoderInputs;
    }

    /// Offset of the ids in a row, one whole number for each embedding.
    public int idsOffset() {
        return decoderOffset() + horizon * decoderInputs;
    }

    /// Offset of the base in a row: it is added to every forecast and is in the sensor's unit.
    public int baseOffset() {
        return idsOffset() + embeddings.size();
    }

    /// Offset of the scale in a row: the sensor's units per unit of the head's output.
    public int scaleOffset() {
        return baseOffset() + 1;
    }

    /// Offset of an embedding's table in the flat array.
    int embeddingOffset(int index) {
        return embeddings.subList(0, index).stream()
                .mapToInt(table -> table.rows() * table.width())
                .sum();
    }

    GruLayout encoder() {
        return new GruLayout(encoderInputs, contextWidth(), hidden, embeddingOffset(embeddings.size()));
    }

    GruLayout decoder() {
        return new GruLayout(
                decoderInputs, contextWidth() + hidden, hidden, encoder().end());
    }

    /// Offset of the head's weights; its bias follows them.
    int headOffset() {
        return decoder().end();
    }

    /// Throws unless the flat array has the right length.
    void requireParameters(float[] parameters) {
        if (parameters.length != parameterCount()) {
            throw new IllegalArgumentException(
                    "parameters must be " + parameterCount() + " floats for this shape, found " + parameters.length);
        }
    }

    /// Throws unless `rows` contains the windows and `out` has room for the forecasts.
    void requireWindows(float[] rows, int firstRow, int count, float[] out, int outOffset) {
        if (firstRow < 0 || count < 0 || (long) (firstRow + (long) count) * rowLength() > rows.length) {
            throw new IllegalArgumentException("rows must hold windows " + firstRow + " to " + (firstRow + (long) count)
                    + " of " + rowLength() + " floats each, found " + rows.length + " floats");
        }
        if (outOffset < 0 || outOffset + (long) count * horizon > out.length) {
            throw new IllegalArgumentException("forecasts must hold " + count + " x " + horizon + " floats from "
                    + outOffset + ", found " + out.length + " floats");
        }
    }
}
