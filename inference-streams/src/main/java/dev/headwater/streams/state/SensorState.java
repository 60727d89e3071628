package dev.headwater.streams.state;

import static java.util.Objects.requireNonNull;

import dev.headwater.forecasting.accuracy.SensorScores;
import dev.headwater.forecasting.drift.DriftDetector;
import dev.headwater.forecasting.network.SlotClock;
import dev.headwater.forecasting.seasonal.SeasonalState;
import dev.headwater.forecasting.truth.PendingForecasts;
import dev.headwater.forecasting.window.SensorWindow;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// A view of the state of one sensor, which it reads and changes in place; [Sensors] point it at one sensor
/// after the other. Not thread-safe.
///
/// A forecast is pending from the moment its reading is taken in until it is handed to the producer. The
/// state marks the slots of pending forecasts, and after a crash the next instance issues them.
public final class SensorState {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long NO_OFFSET = -1;

    private final Sensors sensors;
    private final SensorLayout layout;
    private final SensorWindow window;
    private final @Nullable SeasonalState seasonal;
    private final @Nullable PendingForecasts truth;
    private final @Nullable SensorScores scores;
    private final @Nullable PendingForecasts shadow;
    private final @Nullable DriftDetector drift;
    private SensorBytes bytes;

    SensorState(Sensors sensors) {
        this.sensors = sensors;
        this.layout = sensors.layout();
        this.window = new SensorWindow(layout.window());
        this.seasonal = layout.seasonalView();
        this.truth = layout.truthView();
        this.scores = truth == null ? null : layout.scoresView();
        this.shadow = layout.truthView();
        this.drift = truth == null ? null : layout.driftView();
        this.bytes = new SensorBytes("", emptyWindow(layout));
    }

    static byte[] emptyWindow(SensorLayout layout) {
        byte[] empty = SensorWindow.empty(layout.window(), SensorLayout.BEFORE_WINDOW);
        LONG.set(empty, 0, NO_OFFSET);
        return empty;
    }

    /// Takes an area of a window into the bytes of a sensor.
    static void restoreArea(SensorLayout layout, SensorBytes sensor, byte[] from, int offset) {
        SensorWindow view = new SensorWindow(layout.window()).on(sensor.window, SensorLayout.BEFORE_WINDOW);
        view.restore(from, offset);
        sensor.window = view.bytes();
    }

    SensorState on(SensorBytes sensor) {
        bytes = sensor;
        window.on(sensor.window, SensorLayout.BEFORE_WINDOW);
        if (seasonal != null && sensor.seasonal != null) {
            seasonal.on(sensor.seasonal);
        }
        lookAtTruth();
        return this;
    }

    private void lookAtTruth() {
        if (truth != null && bytes.truth != null && bytes.scores != null) {
            truth.on(bytes.truth);
            requireNonNull(scores).on(bytes.scores);
            requireNonNull(drift).on(bytes.scores, layout.driftAt());
        }
        if (shadow != null && bytes.shadow != null) {
            shadow.on(bytes.shadow);
        }
    }

    SensorBytes bytes() {
        return bytes;
    }

    public String sensor() {
        return bytes.sensor;
    }

    public SensorWindow window() {
        return window;
    }

    /// The seasonal state; null when the network reads none, or before the first full window.
    public @Nullable SeasonalState seasonal() {
        return bytes.seasonal == null ? null : seasonal;
    }

    /// The forecasts whose truths are still to come; null when forecasts are not compared, or before the
    /// first.
    public @Nullable PendingForecasts pendingForecasts() {
        return bytes.truth == null ? null : truth;
    }

    /// How well the sensor was forecast of late; null when forecasts are not compared, or before the first.
    public @Nullable SensorScores scores() {
        return bytes.scores == null ? null : scores;
    }

    /// The forecasts of the challenger whose truths are still to come; null without one.
    public @Nullable PendingForecasts shadowForecasts() {
        return bytes.shadow == null ? null : shadow;
    }

    /// Begins to keep forecasts of a challenger. They are not stored: after a restart those whose truths had
    /// not come yet are not compared any more.
    public PendingForecasts beginShadow() {
        bytes.shadow = layout.emptyTruth();
        return requireNonNull(shadow).on(bytes.shadow);
    }

    /// Drops the forecasts of the challenger.
    public void endShadow() {
        bytes.shadow = null;
    }

    /// Watches the sensor for lasting changes; null when forecasts are not compared, or before the first.
    public @Nullable DriftDetector drift() {
        return bytes.scores == null ? null : drift;
    }

    /// Begins to keep forecasts until their truths come.
    public void beginTruth() {
        layout.beginTruth(bytes);
        lookAtTruth();
        bytes.truthTouched = allTruth();
    }

    /// Stores what has changed in the pending forecasts and the scores, at the next commit.
    public void touchTruth() {
        bytes.truthTouched |= requireNonNull(truth).takeTouched();
        sensors.touch(bytes);
    }

    /// Whether the network reads a seasonal state, the sensor has none yet, and a reading at that slot fills
    /// its window. A sensor costs little until then.
    public boolean needsSeasonal(long slot, int span) {
        return seasonal != null
                && bytes.seasonal == null
                && !window.isEmpty()
                && Math.max(slot, window.newest()) - window.first() >= span - 1;
    }

    /// Begins the seasonal state, and adds the readings of the window to it.
    ///
    /// @param starting bytes of the state before the first of these; not copied
    /// @param target   index of the measure that is forecast
    public void beginSeasonal(byte[] starting, int target) {
        SeasonalState view = requireNonNull(seasonal).on(starting);
        bytes.seasonal = starting;
        for (long slot = window.oldest(); slot <= window.newest(); slot++) {
            if (window.arrived(slot)) {
                view.add(slot, window.value(slot, target));
            }
        }
        view.takeTouched();
        bytes.seasonalTouched = allParts();
    }

    /// Puts a reading into the window, and its target into the seasonal state.
    ///
    /// @param target index of the measure that is forecast
    public SensorWindow.Arrival add(long slot, float[] reading, int target) {
        if (bytes.seasonal != null) {
            SeasonalState view = requireNonNull(seasonal);
            view.add(slot, reading[target]);
            bytes.seasonalTouched |= view.takeTouched();
        }
        long before = window.isEmpty() ? slot : window.newest();
        SensorWindow.Arrival arrival = window.add(slot, reading);
        bytes.window = window.bytes();
        if (window.newest() > before) {
            bytes.newestOffset = 0;
            bytes.uncommitted = (short) Math.min(Short.MAX_VALUE, bytes.uncommitted + window.newest() - before);
        }
        return arrival;
    }

    /// Stores what has changed, at the next commit.
    public void touch() {
        bytes.areasTouched |= window.takeTouched();
        sensors.touch(bytes);
    }

    /// Stores all of it, at the next commit.
    void touchAll() {
        bytes.areasTouched = -1;
        bytes.seasonalTouched = bytes.seasonal == null ? 0 : allParts();
        bytes.truthTouched = bytes.truth == null ? 0 : allTruth();
        touch();
    }

    private int allParts() {
        return (1 << layout.seasonalParts()) - 1;
    }

    private long allTruth() {
        return (1L << layout.truthParts()) - 1;
    }

    private long offset() {
        return (long) LONG.get(bytes.window, 0);
    }

    /// True when the state already contains the reading at that offset: a crash redelivered it.
    public boolean contains(long recordOffset, long slot) {
        return recordOffset <= offset() && window.arrived(slot);
    }

    /// True when a crash came between storing the area with the reading at that offset and the rest.
    public boolean lost(long recordOffset, long slot) {
        return recordOffset <= offset() && layout.isSplit() && window.retains(slot) && !window.arrived(slot);
    }

    /// Notes the offset of the last reading.
    public void read(long recordOffset) {
        LONG.set(bytes.window, 0, recordOffset);
    }

    public void seen(long now) {
        bytes.seen(now);
    }

    /// Wall-clock time of the last record, milliseconds; of the restart, for one restored.
    public long seenAt() {
        return bytes.seenAt();
    }

    /// Notes the event time of a reading in the newest slot, milliseconds since 1970.
    public void reported(long time, SlotClock clock) {
        long offset = time - clock.startMillis(window.newest());
        bytes.newestOffset = (int) Math.max(bytes.newestOffset, offset);
    }

    /// Event time of the newest reading, milliseconds since 1970; after a restart the begin of its slot.
    public long newestTime(SlotClock clock) {
        return clock.startMillis(window.newest()) + bytes.newestOffset;
    }

    /// Slots by which this sensor has advanced since the last commit.
    public int uncommitted() {
        return bytes.uncommitted;
    }

    public void end() {
        bytes.ended = true;
    }

    /// Whether the source has ended. This is not stored: after a restart an ended source counts as silent.
    public boolean hasEnded() {
        return bytes.ended;
    }

    /// True when the sensor has ended, and the record at that offset starts it again.
    public boolean hasEndedBefore(long recordOffset) {
        return bytes.ended && recordOffset > offset();
    }

    /// Marks the forecast at a slot with a reading as pending, or as issued.
    public void setPending(long slot, boolean pending) {
        if (window.setPending(slot, pending)) {
            bytes.pending += (short) (pending ? 1 : -1);
            touch();
        }
    }

    public int pendingCount() {
        return bytes.pending;
    }

    /// Passes on the slots for which a forecast is pending, oldest first. The action may issue them.
    public void forEachPending(LongConsumer action) {
        for (long slot = window.oldest(); bytes.pending > 0 && slot <= window.newest(); slot++) {
            if (window.isPending(slot)) {
                action.accept(slot);
            }
        }
    }

    /// Whether a reading at that slot would push a slot out of the ring whose forecast is pending.
    public boolean pushesOutPending(long slot) {
        long kept = slot - layout.window().retained();
        for (long old = window.oldest(); bytes.pending > 0 && old <= Math.min(kept, window.newest()); old++) {
            if (window.isPending(old)) {
                return true;
            }
        }
        return false;
    }

    /// Whether a reading at that slot would finish a day, and with it change the profile, while a forecast made
    /// before is pending: after a crash it would be made again from the new one.
    public boolean finishesDayOfPending(long slot, SlotClock clock) {
        return bytes.pending > 0 && clock.day(slot) > clock.day(window.newest());
    }

    /// Recomputes what is not stored.
    void restored(long now) {
        bytes.seen(now);
        bytes.newestOffset = 0;
        bytes.uncommitted = 0;
        int pending = 0;
        for (long slot = window.oldest(); slot <= window.newest(); slot++) {
            pending += window.isPending(slot) ? 1 : 0;
        }
        bytes.pending = (short) pending;
    }
}
