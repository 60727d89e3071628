package dev.headwater.kernels;

/// The function that makes a recurrent cell's new state, or candidate for it.
public enum StateActivation {
    /// Hyperbolic tangent.
    TANH,
    /// max(0, x).
    RELU
}
