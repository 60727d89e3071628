package dev.headwater.kernels.internal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;

/// A fixed crew of threads; the caller is worker 0. Which worker does what is for the task to derive from the
/// worker's number, so that sums come out the same each time.
public final class Workers implements AutoCloseable {
    private final int count;
    private final ExecutorService others;

    /// A crew of `count` workers, at least one, named after `name`.
    public Workers(int count, String name) {
        if (count < 1) {
            throw new IllegalArgumentException(name + ": threads must be at least 1, found " + count);
        }
        this.count = count;
        this.others = Executors.newFixedThreadPool(
                Math.max(1, count - 1),
                Thread.ofPlatform().daemon().name(name + "-", 1).factory());
    }

    /// Workers of the crew.
    public int count() {
        return count;
    }

    /// Runs `task` for every worker number below [#count] at once and waits for all of them, even when interrupted
    /// or when one fails: they share the caller's arrays. The first failure is thrown on.
    public void run(IntConsumer task) {
        CompletableFuture<?>[] running = new CompletableFuture<?>[count - 1];
        for (int worker = 1; worker < count; worker++) {
            int number = worker;
            running[worker - 1] = CompletableFuture.runAsync(() -> task.accept(number), others);
        }
        try {
            task.accept(0);
        } finally {
            await(CompletableFuture.allOf(running));
        }
    }

    private static void await(CompletableFuture<?> all) {
        try {
            all.join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (failure.getCause() instanceof Error cause) {
                throw cause;
            }
            throw failure;
        }
    }

    @Override
    public void close() {
        others.shutdownNow();
    }
}
