package dev.headwater.backtest;

import dev.headwater.ingest.replay.ReplayReport;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// What was sent, and how long it took until all of it had come through.
///
/// @param seconds from the first record sent to the last one that came
record Flow(ReplayReport sent, double seconds) {

    private static final Duration SILENCE = Duration.ofSeconds(60);

    /// Sends on another thread, and takes on this one what comes out, until all is there.
    ///
    /// @param take     takes what has come, waiting a moment when there is nothing
    /// @param came     how much has come
    /// @param expected how much must come
    /// @param what     comes, for messages
    /// @throws IllegalStateException when nothing comes for a minute
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

    private static ReplayReport joined(CompletableFuture<ReplayReport> sending) {
        try {
            return sending.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
