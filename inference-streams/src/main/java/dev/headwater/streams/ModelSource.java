package dev.headwater.streams;

import java.util.function.Supplier;

/// Provides a stream's model for each batch, and is told when a model fails.
@FunctionalInterface
public interface ModelSource extends Supplier<ServedModel> {

    /// Reports that this model could not forecast a batch. When another one replaces it, the next [#get()]
    /// returns that.
    default void failed(ServedModel model, RuntimeException cause) {}
}
