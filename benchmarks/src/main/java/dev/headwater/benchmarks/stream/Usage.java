package dev.headwater.benchmarks.stream;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.regex.Pattern;

/// What a stream's process has used since it started.
///
/// @param streamNanos  processor time of the stream threads
/// @param processNanos processor time of the whole process: compiler, collector and Kafka's network threads too
/// @param allocated    bytes that the stream threads allocated
public record Usage(long streamNanos, long processNanos, long allocated) {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final Pattern STREAM_THREAD = Pattern.compile(".*-StreamThread-\\d+");
    private static final int COLLECTIONS = 4;
    private static final int PAUSE = 250; // ms, in which what is in flight comes to its end

    /// Of this process.
    static Usage now() {
        long nanos = 0;
        long bytes = 0;
        for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (thread != null && STREAM_THREAD.matcher(thread.getThreadName()).matches()) {
                nanos += THREADS.getThreadCpuTime(thread.getThreadId());
                bytes += THREADS.getThreadAllocatedBytes(thread.getThreadId());
            }
        }
        return new Usage(nanos, SYSTEM.getProcessCpuTime(), bytes);
    }

    /// Bytes of this process's heap in use after full collections: the least of several.
    static long heap() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            Thread.sleep(PAUSE);
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    String written() {
        return streamNanos + " " + processNanos + " " + allocated;
    }

    static Usage read(String written) {
        String[] words = written.split(" ", -1);
        return new Usage(Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]));
    }

    public Usage less(Usage before) {
        return new Usage(
                streamNanos - before.streamNanos, processNanos - before.processNanos, allocated - before.allocated);
    }
}
