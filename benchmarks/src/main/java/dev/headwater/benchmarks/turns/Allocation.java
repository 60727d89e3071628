package dev.headwater.benchmarks.turns;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/// What a call allocates on the heap.
public final class Allocation {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int CALLS = 20;
    private static final int TRIES = 5;

    private Allocation() {}

    /// Bytes that all threads have allocated so far.
    public static long total() {
        return THREADS.getTotalThreadAllocatedBytes();
    }

    /// Bytes a call, on all threads. The least of some tries, since threads of the JVM itself allocate too.
    public static double ofCall(Runnable call) {
        long least = Long.MAX_VALUE;
        for (int turn = 0; turn < TRIES; turn++) {
            long before = total();
            for (int number = 0; number < CALLS; number++) {
                call.run();
            }
            least = Math.min(least, total() - before);
        }
        return (double) least / CALLS;
    }
}
