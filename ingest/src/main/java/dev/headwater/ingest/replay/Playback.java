package dev.headwater.ingest.replay;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.SlotClock;
import java.time.Instant;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The course of one replay, which other threads may pause, resume, speed up, slow down, move forward
/// and watch. A change takes effect at once, also between two slots. Nobody has to touch it: then the
/// replay runs at the speed of its options from the first slot to the last. After the end, changes have
/// no effect.
public final class Playback {

    private final ReplayOptions options;
    private final SlotClock clock;
    private final long from;
    private final long to;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Pace pace;
    private long next; // slot
    private long skipTo; // slots before it are due at once
    private boolean skipping;
    private boolean begun;
    private boolean ended;

    /// Whether readings are sent.
    public enum Phase {
        /// Also before the replay has begun.
        PLAYING,
        /// Also while slots are skipped, when it pauses again after them.
        PAUSED,
        /// The last slot was sent, or the replay was interrupted or failed.
        ENDED
    }

    /// What a playback does at a moment.
    ///
    /// @param speed    times real time, while it is neither paused nor skipping
    /// @param at       event time of the newest slot that was sent; of the first one before any was
    /// @param first    event time of the first slot
    /// @param last     event time of the last slot; null when the end is unknown or there is none
    /// @param skipping event time to which slots are sent as fast as possible; null when they are not
    public record State(
            Phase phase,
            Speed speed,
            Instant at,
            Instant first,
            @Nullable Instant last,
            @Nullable Instant skipping) {}

    /// The slots of a source that lie in the range of the options, at the speed of the options.
    ///
    /// @throws InvalidInputException when the range holds no slot of the source
    public Playback(Timeline source, ReplayOptions options) {
        this(source, options, System::nanoTime);
    }

    /// @param nanoTime the clock, in nanoseconds from any point
    Playback(Timeline source, ReplayOptions options, LongSupplier nanoTime) {
        this.options = options;
        this.clock = source.network().clock();
        this.from = Math.max(source.firstSlot(), options.from());
        this.to = Math.min(source.endSlot(), options.to());
        if (from >= to) {
            throw new InvalidInputException("network " + source.network().name()
                    + ": nothing to replay, the source has " + say(source.firstSlot()) + " to " + say(source.endSlot())
                    + ", asked for " + say(options.from()) + " to " + say(options.to()));
        }
        this.next = from;
        this.pace = new Pace(options.speed(), from, source.network().interval(), nanoTime);
    }

    private String say(long slot) {
        if (slot == Long.MIN_VALUE) {
            return "the beginning";
        }
        return slot == Long.MAX_VALUE ? "the end" : clock.start(slot).toString();
    }

    /// Sends nothing more until [#resume]; ends a skip where it is.
    public void pause() {
        change(() -> {
            stopSkipping();
            pace.hold(true, next);
        });
    }

    /// Goes on after a pause; what was left of the time until the next slot is still waited for.
    public void resume() {
        change(() -> pace.hold(false, next));
    }

    /// Plays at another speed from now on, or after the pause or skip that is under way.
    public void speed(Speed speed) {
        change(() -> pace.speed(speed, next));
    }

    /// Sends the slots before `slot` as fast as the broker accepts them and then that slot, and goes on
    /// at the former speed. While paused, it pauses again before that slot.
    ///
    /// @throws InvalidInputException when the slot has been sent already, or is not one that is played
    public void skipTo(long slot) {
        change(() -> {
            if (slot < next || slot >= to) {
                throw new InvalidInputException(
                        "skip: must be from " + say(next) + " to before " + say(to) + ", found " + clock.start(slot));
            }
            skipTo = slot;
            skipping = true;
        });
    }

    private void change(Runnable what) {
        lock.lock();
        try {
            if (!ended) {
                what.run();
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void stopSkipping() {
        if (skipping) {
            skipping = false;
            pace.moveTo(next);
        }
    }

    public State state() {
        lock.lock();
        try {
            Phase running = pace.held() ? Phase.PAUSED : Phase.PLAYING;
            return new State(
                    ended ? Phase.ENDED : running,
                    pace.speed(),
                    clock.start(Math.max(from, next - 1)),
                    clock.start(from),
                    to == Long.MAX_VALUE ? null : clock.start(to - 1),
                    skipping ? clock.start(skipTo) : null);
        } finally {
            lock.unlock();
        }
    }

    ReplayOptions options() {
        return options;
    }

    /// The first slot to be played.
    long from() {
        return from;
    }

    /// The slot after the last one to be played; `Long.MAX_VALUE` when the end is unknown.
    long to() {
        return to;
    }

    /// The replay begins: its first slot is due now.
    ///
    /// @throws IllegalStateException when it began, or ended, before
    void begin() {
        lock.lock();
        try {
            if (begun || ended) {
                throw new IllegalStateException("a playback is for one replay");
            }
            begun = true;
            pace.moveTo(from);
        } finally {
            lock.unlock();
        }
    }

    /// The replay has ended, for whatever reason.
    void end() {
        change(() -> {
            skipping = false;
            ended = true;
        });
    }

    /// Waits until a slot is due, which then counts as sent.
    ///
    /// @param slot  the first, or the one after the last that was due
    /// @param nanos the longest wait
    /// @return false when it is not yet due
    /// @throws InterruptedException when the thread is interrupted, also when the slot is due
    boolean awaitDue(long slot, long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = left(slot);
            if (left > 0) {
                changed.awaitNanos(Math.min(left, nanos));
                left = left(slot);
            }
            boolean due = left <= 0;
            next = due ? slot + 1 : slot;
            return due;
        } finally {
            lock.unlock();
        }
    }

    private long left(long slot) {
        if (skipping && slot < skipTo) {
            return 0;
        }
        stopSkipping();
        return pace.left(slot);
    }
}
