package dev.headwater.streams;

import dev.headwater.bus.DriftReportCodec;
import dev.headwater.forecasting.drift.DriftDetector;
import dev.headwater.forecasting.drift.DriftKind;
import dev.headwater.forecasting.drift.DriftReport;
import dev.headwater.forecasting.drift.DriftSign;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.SlotClock;
import dev.headwater.forecasting.truth.SettledStep;
import dev.headwater.forecasting.window.WindowBatch;
import dev.headwater.streams.state.SensorState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/// Watches the sensors of a task for drift, slot by slot, and reports a sensor that begins to drift. Also reports each
/// hour of event time how far the task is: a group of sensors is complete when all tasks are beyond it. Not
/// thread-safe.
final class DriftWatch {

    private static final Duration REPORT_EVERY = Duration.ofHours(1); // of event time

    private final SensorTable table;
    private final ProcessorContext<byte[], byte[]> context;
    private final DriftReportCodec codec = new DriftReportCodec();
    private final SlotClock clock;
    private final boolean seasonal;
    private final int target;
    private final int partition;
    private final byte[] key;
    private final long reportEvery; // slots
    private long newest = Long.MIN_VALUE; // slot
    private double error; // of the steps of a slot, as the next
    private double persistence;
    private int steps;

    DriftWatch(SensorNetwork network, SensorTable table, ProcessorContext<byte[], byte[]> context) {
        this.table = table;
        this.context = context;
        this.clock = network.clock();
        this.seasonal = network.features().readsSeasonalState();
        this.target = network.targetIndex();
        this.partition = context.taskId().partition();
        this.key = Integer.toString(partition).getBytes(StandardCharsets.UTF_8);
        this.reportEvery = Math.max(1, REPORT_EVERY.dividedBy(network.interval()));
    }

    /// Notes the error of a step of the sensor that is looked at next.
    void add(SettledStep step) {
        if (!Float.isNaN(step.last())) {
            error += Math.abs(step.forecast() - step.truth());
            persistence += Math.abs(step.last() - step.truth());
            steps++;
        }
    }

    /// Looks at a sensor at the newest slot of its window, after the steps of earlier forecasts were noted. Reads what
    /// was copied when the reading arrived, so what is found does not depend on when a batch is run.
    void look(SensorState state, WindowBatch windows, int window) {
        long slot = windows.issuedAt(window);
        DriftDetector detector = state.drift();
        DriftKind found = detector == null ? null : detect(detector, slot, windows, window);
        error = 0;
        persistence = 0;
        steps = 0;
        boolean nextHour = Math.floorDiv(slot, reportEvery) > Math.floorDiv(newest, reportEvery);
        newest = Math.max(newest, slot);
        if (found != null) {
            report(new DriftSign(state.sensor(), found, clock.startMillis(slot)));
        } else if (nextHour) {
            report(null);
        }
    }

    private @Nullable DriftKind detect(DriftDetector detector, long slot, WindowBatch windows, int window) {
        int last = windows.lookback() - 1;
        float reading = windows.value(window, last, target);
        // The distance is known for the steps alone; that of the next one is as good.
        float usual = seasonal ? windows.seasonal().sampleWeekday(window, last) : Float.NaN;
        float spread = seasonal ? windows.seasonal().stepSpread(window, 1) : Float.NaN;
        return detector.add(slot, reading, usual, spread, (float) (error / steps), (float) (persistence / steps));
    }

    private void report(@Nullable DriftSign sign) {
        long reached = clock.startMillis(newest);
        DriftReport report = new DriftReport(partition, reached, table.size(), sign);
        context.forward(new Record<>(key, codec.encode(report), reached), ForecastTopology.DRIFT_REPORTS_SINK);
    }
}
