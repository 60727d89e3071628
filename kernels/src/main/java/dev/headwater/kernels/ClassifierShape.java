package dev.headwater.kernels;

import dev.headwater.kernels.Seq2SeqShape.Tensor;
import dev.headwater.kernels.internal.GruLayout;
import dev.headwater.kernels.internal.LstmLayout;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sizes of a network that classifies sequences, and the layout of its parameters in one flat array.
///
/// The network: a convolution over time with ReLU (its batch normalisation folded in), stacked recurrent layers
/// in one direction or both, pooling of their states over time, and a dense layer with softmax. Convolution
/// before recurrence follows Arik et al., *Convolutional Recurrent Neural Networks for Small-Footprint Keyword
/// Spotting*, 2017.
///
/// @param frames        frames of a sequence
/// @param width         values of a frame
/// @param filters       filters of the convolution; 0 for no convolution: the first layer then reads the frames
/// @param kernel        frames that a filter reads, odd
/// @param stride        frames from one output of the convolution to the next
/// @param cell          cell of the recurrent layers
/// @param hidden        units of each layer and direction, a multiple of 4
/// @param layers        number of stacked recurrent layers
/// @param bidirectional whether each layer also reads backwards, with separate parameters
/// @param pooling       pooling of the states over time
/// @param classes       number of outputs
public record ClassifierShape(
        int frames,
        int width,
        int filters,
        int kernel,
        int stride,
        Cell cell,
        int hidden,
        int layers,
        boolean bidirectional,
        Pooling pooling,
        int classes) {

    /// The recurrent cell; gates lie in PyTorch's order.
    public enum Cell {
        /// `torch.nn.GRU`: gates r, z, n, two biases.
        GRU,
        /// `torch.nn.LSTM`: gates i, f, g, o, without peepholes (Gers et al., *Learning to Forget*, 2000). There is one
        /// bias, the sum of PyTorch's two.
        LSTM
    }

    /// How the states of all steps are combined into one.
    public enum Pooling {
        /// Their mean.
        MEAN,
        /// The largest value of each unit.
        MAX,
        /// Their mean weighted by a softmax over the steps of a learnt score `v h` (Luong et al., *Effective
        /// Approaches to Attention-based Neural Machine Translation*, 2015).
        ATTENTION
    }

    private static final int LARGEST = 4096;

    /// @throws IllegalArgumentException naming the component, its rule and the value found
    public ClassifierShape {
        require(frames >= 1 && frames <= 1 << 20, "frames", "1 to " + (1 << 20), frames);
        require(width >= 1 && width <= LARGEST, "width", "1 to " + LARGEST, width);
        require(filters >= 0 && filters <= LARGEST, "filters", "0 (none) to " + LARGEST, filters);
        require(kernel >= 1 && kernel <= 255 && kernel % 2 == 1, "kernel", "odd, 1 to 255", kernel);
        require(stride >= 1 && stride <= frames, "stride", "1 to the frames", stride);
        require(hidden >= 4 && hidden <= LARGEST && hidden % 4 == 0, "hidden", "a multiple of 4 to 4096", hidden);
        require(layers >= 1 && layers <= 8, "layers", "1 to 8", layers);
        require(classes >= 2 && classes <= LARGEST, "classes", "2 to " + LARGEST, classes);
        requireGiven(cell, "cell");
        requireGiven(pooling, "pooling");
    }

    /// Jackson passes null for a component that is missing in the file.
    private static void requireGiven(@Nullable Object value, String what) {
        if (value == null) {
            throw new IllegalArgumentException("classifier: " + what + " must be given, found none");
        }
    }

    private static void require(boolean holds, String what, String rule, int found) {
        if (!holds) {
            throw new IllegalArgumentException("classifier: " + what + " must be " + rule + ", found " + found);
        }
    }

    /// Steps of the recurrent layers: outputs of the convolution, which pads its input with half a kernel of
    /// zeros at either end.
    public int steps() {
        return filters == 0 ? frames : (frames - 1) / stride + 1;
    }

    /// Values that the first layer reads at each step.
    public int inputs() {
        return filters == 0 ? width : filters;
    }

    /// Directions that a layer reads in, each with its own cell: 1 or 2.
    public int directions() {
        return bidirectional ? 2 : 1;
    }

    /// Values of a layer's output at each step: forward units, then backward units.
    public int states() {
        return directions() * hidden;
    }

    /// Offset of the convolution's weights, `[filters][kernel][width]`; its biases follow.
    int convolutionOffset() {
        return 0;
    }

    private int convolutionEnd() {
        return filters * (kernel * width + 1);
    }

    /// Layout of a GRU's parameters.
    ///
    /// @param direction 0 forward, 1 backward
    GruLayout gru(int layer, int direction) {
        return new GruLayout(inputs(layer), 0, hidden, cellOffset(layer, direction));
    }

    /// Layout of an LSTM's parameters.
    ///
    /// @param direction 0 forward, 1 backward
    LstmLayout lstm(int layer, int direction) {
        return new LstmLayout(inputs(layer), hidden, cellOffset(layer, direction));
    }

    private int cellOffset(int layer, int direction) {
        int at = convolutionEnd();
        for (int below = 0; below < layer; below++) {
            at += directions() * cellParameters(below);
        }
        return at + direction * cellParameters(layer);
    }

    private int inputs(int layer) {
        return layer == 0 ? inputs() : states();
    }

    private int cellParameters(int layer) {
        return switch (cell) {
            case GRU -> 3 * hidden * (inputs(layer) + hidden + 2);
            case LSTM -> 4 * hidden * (inputs(layer) + hidden + 1);
        };
    }

    /// Offset of the attention's weights, `[states]`.
    int attentionOffset() {
        return cellOffset(layers, 0);
    }

    /// Offset of the dense layer's weights, `[classes][states]`; its biases follow.
    int headOffset() {
        return attentionOffset() + (pooling == Pooling.ATTENTION ? states() : 0);
    }

    /// Length of the flat parameter array.
    public int parameterCount() {
        return headOffset() + classes * (states() + 1);
    }

    /// All tensors in their order in the flat array: `convolution.weight`, `.bias`; for each layer and direction
    /// `gru.L.forward.weight_ih`, `weight_hh`, `bias_ih`, `bias_hh` or `lstm.L.forward.weight_ih`, `weight_hh`,
    /// `bias`; `attention.weight`; `head.weight`, `.bias`.
    public List<Tensor> tensors() {
        List<Tensor> tensors = new ArrayList<>();
        if (filters > 0) {
            int weights = filters * kernel * width;
            tensors.add(new Tensor("convolution.weight", filters, kernel * width, convolutionOffset()));
            tensors.add(new Tensor("convolution.bias", filters, 1, convolutionOffset() + weights));
        }
        for (int layer = 0; layer < layers; layer++) {
            for (int direction = 0; direction < directions(); direction++) {
                String place = "." + layer + (direction == 0 ? ".forward" : ".backward");
                switch (cell) {
                    case GRU -> addGru(tensors, "gru" + place, gru(layer, direction));
                    case LSTM -> addLstm(tensors, "lstm" + place, lstm(layer, direction));
                }
            }
        }
        if (pooling == Pooling.ATTENTION) {
            tensors.add(new Tensor("attention.weight", 1, states(), attentionOffset()));
        }
        tensors.add(new Tensor("head.weight", classes, states(), headOffset()));
        tensors.add(new Tensor("head.bias", classes, 1, headOffset() + classes * states()));
        return List.copyOf(tensors);
    }

    private static void addGru(List<Tensor> tensors, String name, GruLayout gru) {
        int rows = gru.gateRows();
        tensors.add(new Tensor(name + ".weight_ih", rows, gru.inputs(), gru.offset()));
        tensors.add(new Tensor(name + ".weight_hh", rows, gru.hidden(), gru.recurrentOffset()));
        tensors.add(new Tensor(name + ".bias_ih", rows, 1, gru.inputBiasOffset()));
        tensors.add(new Tensor(name + ".bias_hh", rows, 1, gru.recurrentBiasOffset()));
    }

    private static void addLstm(List<Tensor> tensors, String name, LstmLayout lstm) {
        int rows = lstm.gateRows();
        tensors.add(new Tensor(name + ".weight_ih", rows, lstm.inputs(), lstm.offset()));
        tensors.add(new Tensor(name + ".weight_hh", rows, lstm.hidden(), lstm.recurrentOffset()));
        tensors.add(new Tensor(name + ".bias", rows, 1, lstm.biasOffset()));
    }
}
