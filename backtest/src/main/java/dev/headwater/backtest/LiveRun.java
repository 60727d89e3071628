package dev.headwater.backtest;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/// How long something flows that somebody watches.
///
/// @param time    from the first record sent; zero = until stopped
/// @param stopped true once it is to stop
public record LiveRun(Duration time, BooleanSupplier stopped) {

    /// Sends on a thread of its own, and takes on this one what comes out, until the time is over, it is
    /// stopped, or all was sent and has come.
    ///
    /// @param take takes what has come, waiting a moment when there is nothing
    /// @param came true when all has come of what was sent
    void play(Runnable sender, Runnable take, BooleanSupplier came) {
        long end = time.isZero() ? Long.MAX_VALUE : System.nanoTime() + time.toNanos();
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<?> sending = thread.submit(sender);
            while (System.nanoTime() < end && !stopped.getAsBoolean() && !(sending.isDone() && came.getAsBoolean())) {
                take.run();
            }
            thread.shutdownNow(); // interrupts the replayer, which then waits for its acknowledgements
        }
    }
}
