package dev.headwater.backtest;

import dev.headwater.ingest.replay.ReplayReport;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// What was sent, and how long it took until all output had arrived.
///
/// @param seconds from the first record sent to the last one received
record Flow(ReplayReport sent, double seconds) {

    private static final Duration SILENCE = Duration.ofSeconds(60);

    /// Sends on another thread and receives the output on this one, until all of it has arrived.
    ///
    /// @param take     receives what has arrived; waits a moment when there is nothing
    /// @param came     number of records received so far
    /// @param expected number of records that must arrive
    /// @param what     name of these records, for messages
    /// @throws IllegalStateException when nothing arrives for a minute
    static Flow through(Supplier<ReplayReport> sender, Runnable take, LongSupplier came, long expected, String what) {
        long started = System.nanoTime();
        CompletableFuture<ReplayReport> sending = CompletableFuture.supplyAsync(sender);
        long before = came.getAsLong();
        long moved = started;
        while (before < expected) {
            take.run();
            long now = came.getAsLong();
            moved = now > before ? System.nanoTime() : moved;
            before = now;
            if (sending.isCompletedExceptionally()) {
                joined(sending);
            }
            if (System.nanoTime() - moved > SILENCE.toNanos()) {
                throw new IllegalStateException("the stream went silent: " + now + " of " + expected + " " + what
                        + " came, none for " + SILENCE.toSeconds() + " s");
            }
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        return new Flow(joined(sending), seconds);
    }

    /// The result of a sender, or the exception with which it failed.
    static <T> T joined(CompletableFuture<T> sending) {
        try {
            return sending.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
