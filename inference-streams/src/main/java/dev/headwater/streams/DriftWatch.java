package dev.headwater.streams;

import dev.headwater.bus.DriftReportCodec;
import dev.headwater.forecasting.drift.DriftDetector;
import dev.headwater.forecasting.drift.DriftKind;
import dev.headwater.forecasting.drift.DriftReport;
import dev.headwater.forecasting.drift.DriftSign;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.SlotClock;
import dev.headwater.forecasting.seasonal.DayProfile;
import dev.headwater.forecasting.seasonal.ProfileDays;
import dev.headwater.forecasting.seasonal.SeasonalState;
import dev.headwater.forecasting.truth.SettledStep;
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
    private final ProfileDays days;
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
        this.days = new ProfileDays(network);
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

    /// Looks at a sensor at a slot, after the steps of earlier forecasts were noted.
    void look(SensorState state, long slot) {
        DriftKind found = detect(state, slot);
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

    private @Nullable DriftKind detect(SensorState state, long slot) {
        DriftDetector detector = state.drift();
        if (detector == null) {
            return null;
        }
        float usual = Float.NaN;
        float spread = Float.NaN;
        SeasonalState seasonal = state.seasonal();
        if (seasonal != null) {
            long position = days.position(slot);
            long day = days.day(position);
            DayProfile profile = seasonal.profile(day);
            usual = profile.weekday(days.weekday(day), days.kind(day), days.bin(position));
            spread = profile.spread(days.kind(day), days.bin(position));
        }
        float reading = state.window().value(slot, target);
        return detector.add(slot, reading, usual, spread, (float) (error / steps), (float) (persistence / steps));
    }

    private void report(@Nullable DriftSign sign) {
        long reached = clock.startMillis(newest);
        DriftReport report = new DriftReport(partition, reached, table.size(), sign);
        context.forward(new Record<>(key, codec.encode(report), reached), ForecastTopology.DRIFT_REPORTS_SINK);
    }
}
