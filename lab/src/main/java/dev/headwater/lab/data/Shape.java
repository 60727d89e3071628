package dev.headwater.lab.data;

/// The shape of one input or target: `[steps][width]`.
///
/// @param steps time steps; 1 for a target that is no sequence
/// @param width values of a step
public record Shape(int steps, int width) {

    /// Values in all.
    public int length() {
        return steps * width;
    }
}
