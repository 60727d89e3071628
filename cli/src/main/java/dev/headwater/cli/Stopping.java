package dev.headwater.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets a command end in order when the process is asked to stop: Ctrl-C or SIGTERM ends the waiting, and the JVM
/// stays until the command has closed what it opened. A second Ctrl-C ends it at once.
public final class Stopping implements AutoCloseable {

    private static final Duration CLOSE_WITHIN = Duration.ofMinutes(2);

    private static final Logger LOG = LoggerFactory.getLogger(Stopping.class);
    private static final int ABORTED = 130; // as a shell tells of a process that Ctrl-C ended

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Runnable then;

    /// @param then what to do when the signal comes, besides ending the waiting; runs on another thread
    private Stopping(Runnable then) {
        this.then = then;
    }

    /// Declare it first in a try-with-resources: it is then closed last, and lets the JVM go once all else is closed.
    public static Stopping onSignal() {
        return hooked(() -> {});
    }

    /// As [#onSignal()]; the signal also interrupts the thread that calls this.
    static Stopping interrupting() {
        return hooked(Thread.currentThread()::interrupt);
    }

    private static Stopping hooked(Runnable then) {
        Stopping stopping = new Stopping(then);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(stopping::stop));
        return stopping;
    }

    private void stop() {
        abortOnSecond();
        asked.countDown();
        then.run();
        try {
            if (!closed.await(CLOSE_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                System.err.println("headwater: did not close within " + CLOSE_WITHIN.toMinutes() + " minutes");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Who presses Ctrl-C again does not want to wait. Signals have no other home in the JDK than `sun.misc`.
    private static void abortOnSecond() {
        try {
            sun.misc.Signal.handle(
                    new sun.misc.Signal("INT"), signal -> Runtime.getRuntime().halt(ABORTED));
        } catch (IllegalArgumentException e) {
            LOG.debug("this JVM leaves Ctrl-C to others: a second one changes nothing", e);
        }
    }

    /// Waits for the signal.
    public void await() {
        try {
            asked.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Waits for the signal or the end of the time.
    ///
    /// @return true when the signal came
    public boolean await(Duration time) {
        try {
            return asked.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    public boolean isAsked() {
        return asked.getCount() == 0;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
