package dev.headwater.lab.definition;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/// A layer of a network, in the words of Keras. Optional keys have Keras's defaults.
public sealed interface Layer {

    /// What a layer applies to its sums.
    enum Activation {
        @JsonProperty("linear")
        LINEAR,
        @JsonProperty("relu")
        RELU,
        @JsonProperty("tanh")
        TANH,
        @JsonProperty("sigmoid")
        SIGMOID,
        @JsonProperty("softmax")
        SOFTMAX
    }

    /// The cell of a recurrent layer.
    enum Cell {
        RNN,
        LSTM,
        GRU
    }

    /// z-scores per column of the input, fitted on the training examples: two parameters a column and a count,
    /// none of
    /// them trained.
    record Normalise() implements Layer {}

    /// A vector per word.
    ///
    /// @param vocabulary number of words
    /// @param width      length of the vectors
    record Embedding(int vocabulary, int width) implements Layer {

        public Embedding {
            Count.require("vocabulary", vocabulary);
            Count.require("width", width);
        }
    }

    /// A convolution over time, without padding.
    ///
    /// @param kernel steps that a filter reads
    record Convolution(int filters, int kernel, @Nullable Activation activation) implements Layer {

        public Convolution {
            Count.require("filters", filters);
            Count.require("kernel", kernel);
        }
    }

    /// The maximum of each `size` steps.
    record MaxPooling(int size) implements Layer {

        public MaxPooling {
            Count.require("size", size);
        }
    }

    /// The maximum of all steps.
    record GlobalMaxPooling() implements Layer {}

    /// The mean of all steps.
    record GlobalAveragePooling() implements Layer {}

    /// All steps side by side.
    record Flatten() implements Layer {}

    /// A fully connected layer, applied to each step of a sequence.
    ///
    /// @param units as many as the target has values when not given
    record Dense(@Nullable Integer units, @Nullable Activation activation) implements Layer {

        public Dense {
            Count.require("units", units);
        }
    }

    /// Drops a share of its inputs while training.
    record Dropout(double share) implements Layer {

        public Dropout {
            Share.require("dropout", share);
        }
    }

    /// The input of one step, repeated.
    record Repeat(int times) implements Layer {

        public Repeat {
            Count.require("times", times);
        }
    }

    /// Multiplies by a constant.
    record Scale(double factor) implements Layer {}

    /// A recurrent layer.
    record Recurrent(Cell cell, Units settings) implements Layer {}

    /// The settings of a recurrent layer.
    ///
    /// @param sequences        true: an output per step; else that of the last step
    /// @param bidirectional    true: a second layer reads backwards, and both outputs stand side by side
    /// @param activation       of an RNN, or of the candidate of a GRU: `tanh` or `relu`
    /// @param dropout          share of the inputs that is dropped, the same at all steps
    /// @param recurrentDropout share of the state that is dropped, the same at all steps
    /// @param orthogonal       false: recurrent weights begin as the others do, not orthogonal
    record Units(
            int units,
            @Nullable Boolean sequences,
            @Nullable Boolean bidirectional,
            @Nullable Activation activation,
            @Nullable Double dropout,
            @Nullable Double recurrentDropout,
            @Nullable Boolean orthogonal) {

        public Units {
            Count.require("units", units);
            Share.require("dropout", dropout == null ? 0 : dropout);
            Share.require("recurrentDropout", recurrentDropout == null ? 0 : recurrentDropout);
        }
    }
}
