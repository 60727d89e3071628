package dev.headwater.trainer.forecast;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/// Work that an interrupt must not break off half-way: an interrupt ends training, but the model still wants judging.
final class Uninterrupted {

    private Uninterrupted() {}

    /// Runs the task to its end on a thread of its own; the caller's interrupt flag is left as it is.
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
