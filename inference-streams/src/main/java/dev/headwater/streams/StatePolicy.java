package dev.headwater.streams;

import dev.headwater.forecasting.InvalidInputException;
import java.time.Duration;

/// Where the stream's state lies, how much of it there may be, and how long it is kept.
///
/// @param place       where it lies beside its changelog
/// @param maxBytes    heap that the states of an instance's sensors may take; new sensors are refused
///                    beyond it
/// @param forgetAfter event time without a reading after which a sensor is forgotten
/// @param scoring     whether forecasts are kept until their truths come, to compare them
public record StatePolicy(Place place, long maxBytes, Duration forgetAfter, boolean scoring) {

    /// Where the state lies beside its changelog.
    public enum Place {
        /// In memory alone: a restart reads the changelog.
        MEMORY,
        /// Also on disk: a restart after an orderly stop reads the disk.
        ROCKSDB;

        /// The word on the command line.
        public String word() {
            return switch (this) {
                case MEMORY -> "memory";
                case ROCKSDB -> "rocksdb";
            };
        }
    }

    /// Longer than any gap after which a profile is still of use.
    public static final Duration DEFAULT_FORGET_AFTER = Duration.ofDays(30);

    private static final int HEAP_SHARE = 2;

    /// In memory, up to half of the heap, for 30 days.
    public static final StatePolicy DEFAULT =
            new StatePolicy(Place.MEMORY, Runtime.getRuntime().maxMemory() / HEAP_SHARE, DEFAULT_FORGET_AFTER);

    private static final long LEAST_BYTES = 1 << 20;

    /// Forecasts are compared with their truths.
    public StatePolicy(Place place, long maxBytes, Duration forgetAfter) {
        this(place, maxBytes, forgetAfter, true);
    }

    public StatePolicy {
        if (maxBytes < LEAST_BYTES) {
            throw new InvalidInputException(
                    "memory for state: must be at least " + LEAST_BYTES + " bytes, found " + maxBytes);
        }
        if (forgetAfter.isNegative() || forgetAfter.isZero()) {
            throw new InvalidInputException("time to forget a sensor: must be above 0, found " + forgetAfter);
        }
    }
}
