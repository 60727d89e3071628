package dev.headwater.forecasting.accuracy;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The sums of one model: since start, and by buckets of event time for the rolling spans. Not thread-safe.
///
/// A step is added to the short bucket of its target slot, and nowhere else. A short bucket that leaves the
/// last hour is added to its long bucket and to the sum since start. A step that comes so late that its
/// short bucket has left is added to those two.
public final class ModelAccuracy {

    private static final long NONE = Long.MIN_VALUE;

    private final SpanBuckets buckets;
    private final AccuracySums view;
    private final BucketRing recent;
    private final BucketRing hours;
    private double[] before; // all that has left the short buckets
    private boolean beforeTouched;
    private final double[] late; // of the bucket `lateBucket`, not yet added to the others
    private long lateBucket = NONE;
    private long viewed = NONE; // short bucket that the view is on
    private long newest = NONE; // short bucket

    /// What is stored in a piece.
    public enum Part {
        BEFORE,
        RECENT,
        HOURS
    }

    /// Gets the pieces that have changed.
    @FunctionalInterface
    public interface Changes {

        /// @param place  of a bucket in its ring; 0 for what was before
        /// @param number of the bucket
        /// @param sums   not copied; null for a bucket that was removed
        void put(Part part, int place, long number, double @Nullable [] sums);
    }

    /// @param levels of the model's intervals
    public ModelAccuracy(SpanBuckets buckets, int horizon, List<Double> levels) {
        this.buckets = buckets;
        this.view = new AccuracySums(horizon, levels);
        this.recent = new BucketRing(buckets.hour());
        this.hours = new BucketRing(buckets.week() + 1);
        this.before = view.empty();
        this.late = view.empty();
    }

    public List<Double> levels() {
        return view.levels();
    }

    /// Places of a part.
    public int places(Part part) {
        return switch (part) {
            case BEFORE -> 1;
            case RECENT -> recent.length();
            case HOURS -> hours.length();
        };
    }

    /// Moves the rolling spans on to a slot; an older one changes nothing.
    public void advance(long slot) {
        long bucket = buckets.bucket(slot);
        if (bucket > newest) {
            newest = bucket;
            recent.removeThrough(bucket - buckets.hour(), this::fold);
        }
    }

    private void fold(long bucket, double[] sums) {
        double[] hour = hours.open(buckets.hour(bucket), view);
        if (hour != null) {
            view.on(hour).addAll(sums);
        }
        view.on(before).addAll(sums);
        beforeTouched = true;
        viewed = NONE;
    }

    /// Where to add the steps of a target slot. Valid until the next call of another method.
    public AccuracySums at(long slot) {
        advance(slot);
        long bucket = buckets.bucket(slot);
        double[] sums = bucket > newest - buckets.hour() ? recentBucket(bucket) : lateBucket(bucket);
        return sums == null ? view : view.on(sums);
    }

    /// Null when the view is on it already.
    private double @Nullable [] recentBucket(long bucket) {
        if (bucket == viewed) {
            return null;
        }
        foldLate();
        viewed = bucket;
        return recent.open(bucket, view);
    }

    private double[] lateBucket(long bucket) {
        if (bucket != lateBucket) {
            foldLate();
            lateBucket = bucket;
        }
        viewed = NONE;
        return late;
    }

    private void foldLate() {
        if (lateBucket != NONE) {
            fold(lateBucket, late);
            Arrays.fill(late, 0);
            lateBucket = NONE;
        }
    }

    /// The sums of a span that ends with the newest slot. Spans of a day and a week are exact to an hour.
    public AccuracySums sums(Span span) {
        foldLate();
        AccuracySums sums = new AccuracySums(view.horizon(), view.levels());
        recent.forEachAfter(NONE, (number, bucket) -> sums.addAll(bucket));
        switch (span) {
            case START -> sums.addAll(before);
            case HOUR -> {}
            case DAY -> addHours(buckets.day(), sums);
            case WEEK -> addHours(buckets.week(), sums);
        }
        return sums;
    }

    private void addHours(int count, AccuracySums sums) {
        if (newest != NONE) {
            hours.forEachAfter(buckets.hour(newest) - count, (number, bucket) -> sums.addAll(bucket));
        }
    }

    /// Passes on what has changed since the last call.
    public void takeChanges(Changes changes) {
        foldLate();
        viewed = NONE; // the next step marks its bucket again
        recent.takeChanges(Part.RECENT, changes);
        hours.takeChanges(Part.HOURS, changes);
        if (beforeTouched) {
            beforeTouched = false;
            changes.put(Part.BEFORE, 0, 0, before);
        }
    }

    /// Takes in a stored piece.
    ///
    /// @param sums null when it was removed
    public void restore(Part part, int place, long number, double @Nullable [] sums) {
        switch (part) {
            case BEFORE -> before = sums == null ? view.empty() : sums;
            case RECENT -> recent.restore(place, number, sums);
            case HOURS -> hours.restore(place, number, sums);
        }
        viewed = NONE;
    }
}
