package dev.headwater.forecasting.accuracy;

import dev.headwater.forecasting.interval.Levels;
import dev.headwater.forecasting.truth.SettledStep;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// How well one sensor was forecast of late: sums over its scored steps, halved with each day of event
/// time. A view of bytes, all numbers little endian: slot until which it was compared (long), day of the
/// newest step (int), then floats: steps, absolute errors of the model and of persistence, and for each
/// level the truths that had bounds and those inside. Not thread-safe.
public final class SensorScores {

    /// Version of the form of the bytes.
    public static final int VERSION = 1;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle FLOAT = MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int DAY = Long.BYTES;
    private static final int COUNTED = DAY + Integer.BYTES;
    private static final int MODEL = COUNTED + Float.BYTES;
    private static final int PERSISTENCE = MODEL + Float.BYTES;
    private static final int LEVELS = PERSISTENCE + Float.BYTES;
    private static final int INSIDE = Float.BYTES; // after the truths that had bounds
    private static final int LEVEL_BYTES = 2 * Float.BYTES;
    private static final int MOST_HALVINGS = 60; // nothing is left then

    private final int levels;
    private final int slotsPerDay;
    private byte[] bytes;

    /// @param slotsPerDay slots of a day, 1 where a slot is longer
    public SensorScores(Levels levels, int slotsPerDay) {
        this.levels = levels.count();
        this.slotsPerDay = slotsPerDay;
        this.bytes = new byte[bytes(levels)];
    }

    /// Length of the bytes.
    public static int bytes(Levels levels) {
        return LEVELS + levels.count() * LEVEL_BYTES;
    }

    /// The bytes of a sensor that was not compared yet.
    public static byte[] empty(Levels levels) {
        byte[] empty = new byte[bytes(levels)];
        LONG.set(empty, 0, Long.MIN_VALUE);
        return empty;
    }

    /// Points the view at the bytes of a sensor; what comes after its own bytes is left alone.
    public SensorScores on(byte[] other) {
        bytes = other;
        return this;
    }

    /// The slot until which the sensor was compared; [Long#MIN_VALUE] before the first time.
    public long through() {
        return (long) LONG.get(bytes, 0);
    }

    /// Notes until which slot the sensor was compared.
    public void through(long slot) {
        LONG.set(bytes, 0, slot);
    }

    /// Counts a step. One without a last value is not counted, since persistence has no forecast of it.
    public void add(SettledStep step) {
        halve((int) Math.floorDiv(step.target(), (long) slotsPerDay));
        if (Float.isNaN(step.last())) {
            return;
        }
        grow(COUNTED, 1);
        grow(MODEL, Math.abs(step.forecast() - step.truth()));
        grow(PERSISTENCE, Math.abs(step.last() - step.truth()));
        for (int level = 0; level < levels; level++) {
            if (!Float.isNaN(step.lower(level))) {
                boolean inside = step.lower(level) <= step.truth() && step.truth() <= step.upper(level);
                grow(at(level), 1);
                grow(at(level) + INSIDE, inside ? 1 : 0);
            }
        }
    }

    private static int at(int level) {
        return LEVELS + level * LEVEL_BYTES;
    }

    private void halve(int day) {
        int before = (int) INT.get(bytes, DAY);
        if (day <= before) {
            return; // the same day, or a truth of an earlier one that came late
        }
        float factor = (float) Math.pow(0.5, Math.min((long) day - before, MOST_HALVINGS));
        for (int at = COUNTED; at < LEVELS + levels * LEVEL_BYTES; at += Float.BYTES) {
            FLOAT.set(bytes, at, sum(at) * factor);
        }
        INT.set(bytes, DAY, day);
    }

    private void grow(int at, float by) {
        FLOAT.set(bytes, at, sum(at) + by);
    }

    private float sum(int at) {
        return (float) FLOAT.get(bytes, at);
    }

    /// Steps counted, of which each day halves the weight.
    public double count() {
        return sum(COUNTED);
    }

    /// Mean absolute error of the model, in the unit of the target; NaN when nothing was counted, here as
    /// below.
    public double mae() {
        return sum(MODEL) / (double) sum(COUNTED);
    }

    /// Mean absolute error of persistence on the same truths.
    public double persistenceMae() {
        return sum(PERSISTENCE) / (double) sum(COUNTED);
    }

    /// Share of the truths inside the interval of a level, counted from the narrowest.
    public double coverage(int level) {
        return sum(at(level) + INSIDE) / (double) sum(at(level));
    }
}
