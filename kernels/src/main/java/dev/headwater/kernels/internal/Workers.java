package dev.headwater.kernels.internal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/// A fixed number of threads; the caller is worker 0. The task must derive its work from the worker's number,
/// so that sums are reproducible.
public final class Workers implements AutoCloseable {
    /// Idle threads end after this time: not every owner can be closed, those inside DL4J's wrappers cannot.
    private static final int IDLE_SECONDS = 30;

    private final int count;
    private final ExecutorService others;

    /// @param count number of workers, the caller included, at least 1
    /// @param name  prefix of the thread names
    public Workers(int count, String name) {
        if (count < 1) {
            throw new IllegalArgumentException(name + ": threads must be at least 1, found " + count);
        }
        this.count = count;
        int most = Math.max(1, count - 1);
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                most,
                most,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name(name + "-", 1).factory());
        pool.allowCoreThreadTimeOut(true);
        this.others = pool;
    }

    public int count() {
        return count;
    }

    /// Runs `task` concurrently for every worker number below [#count] and waits for all of them, even when
    /// interrupted or when one fails, because they share the caller's arrays. Throws one of the failures.
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
