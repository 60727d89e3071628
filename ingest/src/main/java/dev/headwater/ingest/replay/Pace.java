package dev.headwater.ingest.replay;

import java.time.Duration;
import java.util.function.LongSupplier;

/// When slots are due. They are counted from an anchor, a place and the time when it was reached, so
/// that one delay does not delay all later slots. The anchor moves only when the speed changes, when a
/// hold begins or ends, and after a skip. Not safe for several threads.
final class Pace {

    /// The time that is left while held.
    static final long FOREVER = Long.MAX_VALUE;

    private final Duration interval;
    private final long first;
    private final LongSupplier nanoTime;
    private Speed speed;
    private boolean held;
    private double anchor; // slots after the first; with a fraction when the change came between two slots
    private long anchorNanos;

    /// @param first    the slot that is due at once
    /// @param interval of a slot
    /// @param nanoTime the clock, in nanoseconds from any point
    Pace(Speed speed, long first, Duration interval, LongSupplier nanoTime) {
        this.speed = speed;
        this.first = first;
        this.interval = interval;
        this.nanoTime = nanoTime;
        this.anchorNanos = nanoTime.getAsLong();
    }

    Speed speed() {
        return speed;
    }

    boolean held() {
        return held;
    }

    /// Goes on at another speed from the place that is reached now. A slot that is late is due at once,
    /// and those after it are counted from now.
    ///
    /// @param next the next slot to be sent: the place is bounded by it when the source is too slow
    void speed(Speed other, long next) {
        anchorAt(place(next));
        speed = other;
    }

    /// Stands still, or goes on, at the place that is reached now.
    ///
    /// @param next the next slot to be sent, as for [#speed(Speed, long)]
    void hold(boolean hold, long next) {
        anchorAt(place(next));
        held = hold;
    }

    /// Makes a slot due now, and counts the later ones from it.
    void moveTo(long slot) {
        anchorAt(slot - first);
    }

    /// Nanoseconds until a slot is due: 0 or less when it is, [#FOREVER] while held.
    long left(long slot) {
        if (held) {
            return FOREVER;
        }
        return speed.dueNanos(slot - first - anchor, interval) - (nanoTime.getAsLong() - anchorNanos);
    }

    private void anchorAt(double place) {
        anchor = place;
        anchorNanos = nanoTime.getAsLong();
    }

    private double place(long next) {
        if (held) {
            return anchor;
        }
        double most = next - first;
        double passed = speed.slots(nanoTime.getAsLong() - anchorNanos, interval);
        return Math.min(anchor + passed, most);
    }
}
