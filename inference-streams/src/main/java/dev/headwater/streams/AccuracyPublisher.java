package dev.headwater.streams;

import dev.headwater.bus.AccuracyCodec;
import dev.headwater.forecasting.accuracy.AccuracyReport;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.streams.state.TaskAccuracy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/// Forwards the live accuracy of a task: before truths of a newer slot are compared, so that a record holds
/// what is known of its slot, and when no truth has come for a second. Where slots are shorter than a
/// minute, once for all slots of a minute. Not thread-safe.
final class AccuracyPublisher {

    private static final Duration LEAST = Duration.ofMinutes(1); // of event time between two records
    private static final Duration MOST = Duration.ofMinutes(1); // of the clock until what has changed is forwarded

    private final ProcessorContext<byte[], byte[]> context;
    private final TaskAccuracy accuracy;
    private final AccuracyBoard board;
    private final AccuracyCodec codec = new AccuracyCodec();
    private final int partition;
    private final byte[] key;
    private final long slots; // between two records
    private boolean unpublished;
    private boolean quiet; // since the last report
    private boolean unreported;
    private long publishedAt; // clock, milliseconds

    AccuracyPublisher(
            SensorNetwork network,
            TaskAccuracy accuracy,
            AccuracyBoard board,
            ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        this.accuracy = accuracy;
        this.board = board;
        this.partition = context.taskId().partition();
        this.key = Integer.toString(partition).getBytes(StandardCharsets.UTF_8);
        this.slots = Math.max(1, LEAST.dividedBy(network.interval()));
        boolean restored = accuracy.newest() != Long.MIN_VALUE;
        this.unpublished = restored; // it may be newer than the last record
        this.unreported = restored;
        this.publishedAt = context.currentSystemTimeMs();
    }

    TaskAccuracy accuracy() {
        return accuracy;
    }

    /// Called before a truth of a slot is compared.
    void beforeSlot(long slot) {
        long newest = accuracy.newest();
        if (slot > newest && unpublished && Math.floorDiv(slot, slots) > Math.floorDiv(newest, slots)) {
            publish(accuracy.report(partition));
        }
    }

    /// Called after the figures have changed.
    void changed() {
        unpublished = true;
        unreported = true;
        quiet = false;
    }

    /// Called every second: shows the figures to the metrics, and forwards what was not yet.
    void report() {
        if (unreported || unpublished) {
            AccuracyReport report = accuracy.report(partition);
            board.report(this, report);
            unreported = false;
            boolean due = context.currentSystemTimeMs() - publishedAt > MOST.toMillis();
            if (unpublished && (quiet || due)) {
                publish(report);
            }
        }
        quiet = true;
    }

    private void publish(AccuracyReport report) {
        context.forward(new Record<>(key, codec.encode(report), report.time()), ForecastTopology.ACCURACY_SINK);
        unpublished = false;
        publishedAt = context.currentSystemTimeMs();
    }

    void close() {
        board.leave(this);
    }
}
