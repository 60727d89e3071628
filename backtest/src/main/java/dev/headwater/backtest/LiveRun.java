package dev.headwater.backtest;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/// How long a live display runs.
///
/// @param time    from the first record sent; zero = until stopped
/// @param stopped true once it must stop
public record LiveRun(Duration time, BooleanSupplier stopped) {

    /// Sends on a separate thread and receives the output on this one, until the time has elapsed, the run is
    /// stopped, or all was sent and received.
    ///
    /// @param take receives what has arrived; waits a moment when there is nothing
    /// @param came true when all output of what was sent has arrived
    /// @throws RuntimeException the one with which the sender failed
    void play(Runnable sender, Runnable take, BooleanSupplier came) {
        long end = time.isZero() ? Long.MAX_VALUE : System.nanoTime() + time.toNanos();
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            CompletableFuture<Void> sending = CompletableFuture.runAsync(sender, thread);
            while (System.nanoTime() < end
                    && !stopped.getAsBoolean()
                    && !sending.isCompletedExceptionally()
                    && !(sending.isDone() && came.getAsBoolean())) {
                take.run();
            }
            if (sending.isCompletedExceptionally()) {
                Flow.joined(sending);
            }
            thread.shutdownNow(); // interrupts the replayer, which then waits for its acknowledgements
        }
    }
}
