package dev.headwater.streams;

import java.util.function.Supplier;

/// Where a stream gets its model from, batch by batch, and whom it tells when a model fails.
@FunctionalInterface
public interface ModelSource extends Supplier<ServedModel> {

    /// A batch could not be forecast by this model. When another one is to take its place, the next [#get()] gives it.
    default void failed(ServedModel model, RuntimeException cause) {}
}
