package dev.headwater.forecasting.accuracy;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The newest buckets of event time, by their number; a bucket lies at its number modulo the length. Not
/// thread-safe.
final class BucketRing {

    private static final long NONE = Long.MIN_VALUE;

    private final long[] numbers; // [place]
    private final double[] @Nullable [] sums; // [place][as in AccuracySums]; null without data
    private final boolean[] touched; // [place]

    BucketRing(int length) {
        numbers = new long[length];
        Arrays.fill(numbers, NONE);
        sums = new double[length][];
        touched = new boolean[length];
    }

    /// The bucket to add to.
    ///
    /// @param empty its length is that of a bucket
    /// @return null when a newer one lies at its place
    double @Nullable [] open(long number, AccuracySums empty) {
        int place = Math.floorMod(number, numbers.length);
        if (numbers[place] > number) {
            return null;
        }
        double[] bucket = sums[place];
        if (numbers[place] < number || bucket == null) {
            bucket = empty.empty();
            numbers[place] = number;
            sums[place] = bucket;
        }
        touched[place] = true;
        return bucket;
    }

    /// Passes on the buckets after a number, without storing them anew.
    void forEachAfter(long number, Bucket action) {
        for (int place = 0; place < numbers.length; place++) {
            double[] bucket = sums[place];
            if (bucket != null && numbers[place] > number) {
                action.take(numbers[place], bucket);
            }
        }
    }

    /// Passes on the buckets up to a number, and removes them.
    void removeThrough(long number, Bucket action) {
        for (int place = 0; place < numbers.length; place++) {
            double[] bucket = sums[place];
            if (bucket != null && numbers[place] <= number) {
                action.take(numbers[place], bucket);
                sums[place] = null;
                numbers[place] = NONE;
                touched[place] = true;
            }
        }
    }

    /// Passes on what has changed since the last call.
    void takeChanges(ModelAccuracy.Part part, ModelAccuracy.Changes changes) {
        for (int place = 0; place < numbers.length; place++) {
            if (touched[place]) {
                touched[place] = false;
                changes.put(part, place, numbers[place], sums[place]);
            }
        }
    }

    /// Takes in a stored bucket.
    ///
    /// @param bucket null when it was removed
    void restore(int place, long number, double @Nullable [] bucket) {
        numbers[place] = bucket == null ? NONE : number;
        sums[place] = bucket;
    }

    int length() {
        return numbers.length;
    }

    /// Gets a bucket.
    interface Bucket {
        void take(long number, double[] sums);
    }
}
