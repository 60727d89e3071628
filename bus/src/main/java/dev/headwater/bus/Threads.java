package dev.headwater.bus;

/// Waiting for threads.
public final class Threads {

    private Threads() {}

    /// Waits until a thread that was asked to end has ended. An interrupt is remembered and does not end the wait.
    public static void awaitEnd(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
