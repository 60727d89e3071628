package dev.headwater.benchmarks.turns;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Runs two tasks at once: one on the caller's thread, one on a thread of its own.
public final class Halves implements AutoCloseable {

    private final ExecutorService other = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("second-half").factory());

    public void run(Runnable first, Runnable second) {
        Future<?> beside = other.submit(second);
        first.run();
        try {
            beside.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        other.close();
    }
}
