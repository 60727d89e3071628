package dev.headwater.lab.data;

/// The examples of one part of the data, computed when they are asked for. Thread-safe.
public interface Examples {

    /// How many there are.
    int size();

    /// Copies an example.
    ///
    /// @param example  from 0 to below [#size()]
    /// @param input    `[steps][width]` of the input's [Shape], written from `inputAt` on
    /// @param target   `[steps][width]` of the target's [Shape], written from `targetAt` on
    void load(int example, float[] input, int inputAt, float[] target, int targetAt);
}
