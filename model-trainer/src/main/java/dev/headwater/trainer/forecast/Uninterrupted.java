package dev.headwater.trainer.forecast;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/// Work that an interrupt must not stop: an interrupt ends training, but the model still has to be evaluated.
final class Uninterrupted {

    private Uninterrupted() {}

    /// Runs the task on a thread of its own; the caller's interrupt flag is unchanged.
    static <T> T get(Supplier<T> task) {
        try {
            return CompletableFuture.supplyAsync(
                            task,
                            work -> Thread.ofPlatform().daemon().name("judge").start(work))
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
