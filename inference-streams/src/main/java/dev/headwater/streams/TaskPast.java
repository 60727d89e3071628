package dev.headwater.streams;

import dev.headwater.streams.state.PastSpan;
import dev.headwater.streams.state.SensorStore;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/// The past of a task's partition. Its end is fixed when the stream first starts on the partition, and stored with
/// the first commit: neither a restart nor a move of the task changes it. Not thread-safe.
final class TaskPast {

    private final Backfill backfill;
    private final boolean onlyWarms;
    private final SensorStore store;
    private final PastSpan span;
    private long taken; // offset of the last reading
    private boolean over;

    TaskPast(StreamParts parts, ProcessorContext<?, ?> context) {
        this.backfill = parts.backfill();
        this.onlyWarms = parts.settings().past() == PastPolicy.WARM;
        this.store = context.getStateStore(ForecastTopology.SENSORS_STORE);
        this.span = store.past(() -> parts.before().past(context.taskId().partition()));
        this.taken = span.begin() - 1;
    }

    /// Notes that the task has come to a reading.
    ///
    /// @return whether the reading only warms the state
    boolean warms(long offset) {
        taken = offset;
        return onlyWarms && span.contains(offset);
    }

    /// Counts what remains, for the metrics.
    void report() {
        if (!over) {
            long remaining = span.contains(taken) ? span.end() - taken - 1 : 0;
            backfill.report(this, new Backfill.Share(span.records(), remaining));
            over = remaining == 0;
            if (over && span.records() > 0) {
                store.pastIsOver(span);
            }
        }
    }

    void close() {
        backfill.leave(this);
    }
}
