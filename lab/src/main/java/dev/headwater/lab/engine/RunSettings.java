package dev.headwater.lab.engine;

/// How a row is run.
///
/// @param full true for the document's own setting
/// @param seed of parameters, dropout and the order of examples
public record RunSettings(boolean full, long seed) {

    /// The seed where the user names none.
    public static final long DEFAULT_SEED = 42;
}
