package dev.headwater.forecasting.network;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/// Slots and their local time. A slot number is event time divided by the interval, so daylight saving does not
/// affect it; time of day and day of week are local.
///
/// Thread-safe: the cached offset and its span are replaced together.
public final class SlotClock {

    private static final long DAY_MILLIS = 86_400_000;
    private static final long YEAR_MILLIS = 31_556_952_000L; // 365.2425 days

    private final long intervalMillis;
    private final int slotsPerDay;
    private final ZoneRules rules;
    private volatile OffsetSpan span;

    /// An offset and the epoch seconds for which it holds. Cached because a look-up for every slot would
    /// dominate encoding.
    private record OffsetSpan(long from, long to, int offsetSeconds) {}

    public SlotClock(Duration interval, ZoneId zone) {
        this.intervalMillis = interval.toMillis();
        this.slotsPerDay = (int) Math.max(1, DAY_MILLIS / intervalMillis);
        this.rules = zone.getRules();
        this.span = spanAt(0);
    }

    /// The slot of an event time in milliseconds since 1970.
    public long slotOf(long epochMillis) {
        return Math.floorDiv(epochMillis, intervalMillis);
    }

    /// The event time in milliseconds since 1970 at which the slot begins.
    public long startMillis(long slot) {
        return slot * intervalMillis;
    }

    public Instant start(long slot) {
        return Instant.ofEpochMilli(startMillis(slot));
    }

    /// Slots per day; 1 when the interval is a day or longer.
    public int slotsPerDay() {
        return slotsPerDay;
    }

    /// Local time of day of a slot, counted in slots from midnight: 0 to `slotsPerDay() - 1`.
    public int timeOfDay(long slot) {
        long milliOfDay = Math.floorMod(localMillis(slot), DAY_MILLIS);
        return (int) Math.min(milliOfDay / intervalMillis, slotsPerDay() - 1L);
    }

    /// Local day of week of a slot, 0 = Monday.
    public int dayOfWeek(long slot) {
        return (int) Math.floorMod(day(slot) + 3, 7L); // 1970-01-01 was a Thursday
    }

    /// Local day of a slot, counted from 1970-01-01.
    public long day(long slot) {
        return Math.floorDiv(localMillis(slot), DAY_MILLIS);
    }

    /// Local time of year of a slot as a share of the mean Gregorian year, from 0 to below 1. It is 0 within a
    /// day of the turn of the year, which is exact enough for a cycle.
    public double timeOfYear(long slot) {
        return Math.floorMod(localMillis(slot), YEAR_MILLIS) / (double) YEAR_MILLIS;
    }

    /// The local day and time of day of a slot in one number, `day * slotsPerDay() + timeOfDay`.
    public long localSlot(long slot) {
        long local = localMillis(slot);
        long day = Math.floorDiv(local, DAY_MILLIS);
        long timeOfDay = (local - day * DAY_MILLIS) / intervalMillis;
        return day * slotsPerDay + Math.min(timeOfDay, slotsPerDay - 1L);
    }

    /// Milliseconds of the local clock, counted as if it had never changed since 1970-01-01 00:00 local.
    private long localMillis(long slot) {
        long millis = startMillis(slot);
        long second = Math.floorDiv(millis, 1000L);
        OffsetSpan current = span;
        if (second < current.from || second >= current.to) {
            current = spanAt(second);
            span = current;
        }
        return millis + 1000L * current.offsetSeconds;
    }

    private OffsetSpan spanAt(long second) {
        Instant instant = Instant.ofEpochSecond(second);
        ZoneOffsetTransition next = rules.nextTransition(instant);
        ZoneOffsetTransition previous = rules.previousTransition(instant.plusSeconds(1));
        return new OffsetSpan(
                previous == null ? Long.MIN_VALUE : previous.toEpochSecond(),
                next == null ? Long.MAX_VALUE : next.toEpochSecond(),
                rules.getOffset(instant).getTotalSeconds());
    }
}
