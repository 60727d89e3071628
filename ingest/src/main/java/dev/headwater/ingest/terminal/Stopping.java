package dev.headwater.ingest.terminal;

import dev.headwater.forecasting.InvalidInputException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets a command shut down cleanly: Ctrl-C or SIGTERM ends its waiting, and the JVM exits only after the
/// command has closed its resources. A second Ctrl-C ends the process at once.
public final class Stopping implements AutoCloseable {

    private static final Duration CLOSE_WITHIN = Duration.ofMinutes(2);
    private static final Duration SAY_WITHIN = Duration.ofSeconds(2);

    private static final int ABORTED = 130; // a shell's exit code for a process ended by Ctrl-C

    /// Counted down when the command has printed its last line.
    private static final CountDownLatch SAID = new CountDownLatch(1);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = Thread.ofPlatform().unstarted(this::stop);
    private final Runnable then;
    private final Duration within;

    /// @param then   runs on the signal, on another thread
    /// @param within time limit for closing
    private Stopping(Runnable then, Duration within) {
        this.then = then;
        this.within = within;
    }

    /// Declare it first in a try-with-resources: then it is closed last, and the JVM exits after everything
    /// else is closed.
    public static Stopping onSignal() {
        return hooked(() -> {}, CLOSE_WITHIN);
    }

    /// As [#onSignal()]; the signal also interrupts the thread that calls this.
    public static Stopping interrupting() {
        return hooked(Thread.currentThread()::interrupt, CLOSE_WITHIN);
    }

    /// As [#interrupting()], for a training: the signal prints a line, and evaluating the model afterwards has
    /// no time limit.
    public static Stopping ofTraining() {
        Runnable interrupt = Thread.currentThread()::interrupt;
        return hooked(
                () -> {
                    System.err.println(System.lineSeparator()
                            + "headwater: stopping after this batch, then judging; Ctrl-C again breaks off at once");
                    interrupt.run();
                },
                ChronoUnit.FOREVER.getDuration());
    }

    private static Stopping hooked(Runnable then, Duration within) {
        Stopping stopping = new Stopping(then, within);
        Runtime.getRuntime().addShutdownHook(stopping.hook);
        return stopping;
    }

    /// Call this once the command has ended: after a signal the process waits up to 2 s for it.
    public static void allIsSaid() {
        SAID.countDown();
    }

    private void stop() {
        abortOnSecond();
        asked.countDown();
        then.run();
        try {
            if (!closed.await(within.toSeconds(), TimeUnit.SECONDS)) {
                System.err.println("headwater: did not close within " + within.toMinutes() + " minutes");
            }
            SAID.await(SAY_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// A second Ctrl-C ends the process at once. The JDK handles signals only in `sun.misc`.
    private static void abortOnSecond() {
        try {
            sun.misc.Signal.handle(
                    new sun.misc.Signal("INT"), signal -> Runtime.getRuntime().halt(ABORTED));
        } catch (IllegalArgumentException e) {
            log().debug("this JVM leaves Ctrl-C to others: a second one changes nothing", e);
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

    /// Work that may be interrupted.
    public interface Work<T> {
        T run() throws InterruptedException;
    }

    /// Runs work that is useless unless it completes; the work calls [#requireGoing(String)] from time to time.
    /// After the signal any failure counts as caused by it, since a JVM that shuts down accepts no hooks.
    ///
    /// @param what is being done
    /// @throws InvalidInputException when the signal came
    public <T> T toTheEnd(String what, Work<T> work) throws InterruptedException {
        try {
            return work.run();
        } catch (RuntimeException | Error e) {
            requireGoing(what);
            throw e;
        }
    }

    /// Ends the work of [#toTheEnd] after the signal.
    ///
    /// @param what is being done
    /// @throws InvalidInputException when the signal came
    public void requireGoing(String what) {
        if (isAsked()) {
            throw new InvalidInputException(what + " was stopped before its end: there is nothing to judge");
        }
    }

    /// Set up only when something is to be said: every command ends through this class, and logging takes longer to
    /// start than `--help` does.
    private static Logger log() {
        return LoggerFactory.getLogger(Stopping.class);
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            log().debug("the process is ending already", e);
        }
    }
}
