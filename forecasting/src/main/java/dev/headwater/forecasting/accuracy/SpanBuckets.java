package dev.headwater.forecasting.accuracy;

import java.time.Duration;

/// How event time is cut into buckets: short ones of five minutes, or a slot where that is longer, and long
/// ones of an hour. Both begin where slots begin, so no truth lies in two of them.
///
/// @param slots slots of a short bucket
/// @param hour  short buckets of a long one
/// @param day   long buckets of a day, rounded
public record SpanBuckets(int slots, int hour, int day) {

    private static final Duration SHORT = Duration.ofMinutes(5);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final int WEEK = 7;

    /// @param interval of a slot
    public static SpanBuckets of(Duration interval) {
        int slots = (int) Math.max(1, SHORT.dividedBy(interval));
        Duration bucket = interval.multipliedBy(slots);
        int hour = (int) Math.max(1, HOUR.dividedBy(bucket));
        double longBucket = (double) bucket.toMillis() * hour;
        return new SpanBuckets(slots, hour, (int) Math.max(1, Math.round(DAY.toMillis() / longBucket)));
    }

    /// The short bucket of a slot.
    public long bucket(long slot) {
        return Math.floorDiv(slot, (long) slots);
    }

    /// The long bucket of a short one.
    long hour(long bucket) {
        return Math.floorDiv(bucket, (long) hour);
    }

    /// Long buckets of a week.
    int week() {
        return WEEK * day;
    }
}
