package dev.headwater.dashboard.board;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/// How many readings and forecasts arrive per second, and how long a forecast takes after its reading, as seen from
/// the topics. Takes the same memory however long it runs. Not thread-safe.
final class ArrivalMeter {

    private static final int SECONDS = 10; // over which rates are averaged
    private static final int LATENCIES = 2_000;

    private final Rate readings = new Rate();
    private final Rate forecasts = new Rate();
    private final long[] latencies = new long[LATENCIES]; // nanoseconds, the newest ones
    private long count;

    /// Counts by second in a ring.
    private static final class Rate {
        private final long[] counts = new long[SECONDS + 1];
        private final long[] seconds = new long[SECONDS + 1];
        private long first = Long.MIN_VALUE;

        void add(long second) {
            first = first == Long.MIN_VALUE ? second : first;
            int at = (int) Math.floorMod(second, (long) counts.length);
            if (seconds[at] != second) {
                seconds[at] = second;
                counts[at] = 0;
            }
            counts[at]++;
        }

        /// Over the last full seconds.
        double perSecond(long now) {
            long sum = 0;
            for (int at = 0; at < counts.length; at++) {
                sum += seconds[at] < now && seconds[at] >= now - SECONDS ? counts[at] : 0;
            }
            return sum / (double) Math.clamp(now - first, 1, SECONDS);
        }
    }

    void reading(long nanos) {
        readings.add(TimeUnit.NANOSECONDS.toSeconds(nanos));
    }

    /// @param latency nanoseconds since its reading; negative when that is unknown
    void forecast(long nanos, long latency) {
        forecasts.add(TimeUnit.NANOSECONDS.toSeconds(nanos));
        if (latency >= 0) {
            latencies[(int) (count++ % LATENCIES)] = latency;
        }
    }

    /// Forgets the latencies: those of a backlog say nothing.
    void forgetLatencies() {
        count = 0;
    }

    double readingsPerSecond(long nanos) {
        return readings.perSecond(TimeUnit.NANOSECONDS.toSeconds(nanos));
    }

    double forecastsPerSecond(long nanos) {
        return forecasts.perSecond(TimeUnit.NANOSECONDS.toSeconds(nanos));
    }

    /// Milliseconds that these shares of the last forecasts took at most; empty before the first one.
    ///
    /// @param shares 0 to 1
    double[] latencyMillis(double... shares) {
        int known = (int) Math.min(count, LATENCIES);
        if (known == 0) {
            return new double[0];
        }
        long[] sorted = Arrays.copyOf(latencies, known);
        Arrays.sort(sorted);
        return Arrays.stream(shares)
                .map(share -> sorted[(int) Math.min(known - 1, share * known)] / 1e6)
                .toArray();
    }
}
