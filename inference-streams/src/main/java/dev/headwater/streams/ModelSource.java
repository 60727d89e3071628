package dev.headwater.streams;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Provides a stream's model for each batch, and is told when a model fails.
@FunctionalInterface
public interface ModelSource extends Supplier<ServedModel> {

    /// Reports that this model could not forecast a batch. When another one replaces it, the next [#get()]
    /// returns that.
    default void failed(ServedModel model, RuntimeException cause) {}

    /// The model that forecasts in the shadow of [#get()]: its forecasts are scored and not issued. Null for
    /// none.
    default @Nullable ServedModel challenger() {
        return null;
    }

    /// Reports that the challenger could not forecast a batch, or gave values that are not finite. It is
    /// dropped.
    default void challengerFailed(ServedModel model, RuntimeException cause) {}
}
