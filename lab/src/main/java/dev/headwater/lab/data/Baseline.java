package dev.headwater.lab.data;

/// A forecast that needs no training, such as "as now": what a network has to beat.
@FunctionalInterface
public interface Baseline {

    /// Predicts from one input.
    ///
    /// @param input  `[steps][width]` of the input's [Shape], from `inputAt` on
    /// @param output `[steps][width]` of the target's [Shape], written from `outputAt` on
    void predict(float[] input, int inputAt, float[] output, int outputAt);
}
