package dev.headwater.forecasting.drift;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Watches one sensor for lasting changes, by the test of Page and Hinkley: Page, *Continuous inspection schemes*
/// (1954); for streams see Mouss, Mouss, Mouss and Sefouhi, *Test of Page-Hinkley, an approach for fault detection in
/// an
/// agro-alimentary production system* (2004). The test sums up by how much a figure exceeds its own slow mean and an
/// allowance; the sum does not fall below 0, and beyond a threshold the mean counts as changed.
///
/// Two figures are watched. **Readings**, in both directions: their distance from the usual value, in relation to the
/// usual distance. **Errors**, upwards alone: the error of the forecasts minus that of persistence, in relation to the
/// latter, so that a stormy day, hard for any forecaster, is no drift. Both are clipped: a few hours of any size are
/// not
/// yet a lasting change. Sums are counted in days, so thresholds do not depend on the interval.
///
/// A sensor that drifts is reported once. When both figures have been near their means for a day, because the change
/// has passed or the profile has adapted to it, the detector begins anew: it learns what is usual now before it watches
/// again.
///
/// This is a view of [#BYTES] bytes, which it reads and changes in place. Not thread-safe. The constants were chosen
/// on PEMS-BAY (decision 23).
public final class DriftDetector {

    /// Version of the form of the bytes.
    public static final int VERSION = 1;

    /// Bytes of a sensor; zeros for a new one.
    public static final int BYTES = Long.BYTES + Integer.BYTES + 11 * Float.BYTES;

    static final int MEMORY_DAYS = 14; // of means
    static final int WARM_UP_DAYS = 7; // a week, with its days off
    private static final float READINGS_CLIP = 3;
    private static final float READINGS_ALLOWANCE = 1;
    private static final float READINGS_THRESHOLD = 1; // days
    private static final float ERROR_CLIP = 4;
    private static final float ERROR_ALLOWANCE = 0.5f;
    private static final float ERROR_THRESHOLD = 2; // days
    private static final float CALM = 0.5f; // mean of the last day

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle FLOAT = MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

    // Offsets in the bytes.
    private static final int SLOT = 0;
    private static final int COUNT = SLOT + Long.BYTES; // of readings; negative while the sensor drifts
    private static final int LEVEL = COUNT + Integer.BYTES; // slow mean of the readings, where no profile is known
    private static final int DISTANCE = LEVEL + Float.BYTES; // slow mean of the distances from the usual value
    private static final int READINGS = DISTANCE + Float.BYTES; // Figure
    private static final int PERSISTENCE = READINGS + Figure.BYTES; // slow mean of its error
    private static final int ERRORS = PERSISTENCE + Float.BYTES; // Figure

    private final int slotsPerDay;
    private byte[] bytes = new byte[BYTES];
    private int base;

    /// @param slotsPerDay slots of the network in a day
    public DriftDetector(int slotsPerDay) {
        this.slotsPerDay = slotsPerDay;
    }

    /// Points the view at the bytes of a sensor.
    public DriftDetector on(byte[] other, int at) {
        bytes = other;
        base = at;
        return this;
    }

    /// Takes in a slot. Slots must come in order; one that is not later than the last one changes nothing.
    ///
    /// @param reading     value of the target, NaN = missing
    /// @param usual       value of the profile at the slot; NaN when unknown: then the slow mean of the readings
    /// @param spread      usual distance from it; NaN when unknown
    /// @param error       mean absolute error of the forecasts that were settled at the slot, NaN for none
    /// @param persistence that of persistence for the same
    /// @return in what the sensor has begun to drift; null for no news
    public @Nullable DriftKind add(
            long slot, float reading, float usual, float spread, float error, float persistence) {
        if (count() != 0 && slot <= (long) LONG.get(bytes, base + SLOT)) {
            return null;
        }
        LONG.set(bytes, base + SLOT, slot);
        if (!Float.isNaN(reading)) {
            addReading(reading, usual, spread);
        }
        if (!Float.isNaN(error - persistence)) {
            addError(error, persistence);
        }
        return isDrifting() ? calmDown() : alarm();
    }

    /// Whether the sensor drifts: it was reported, and has not calmed down since.
    public boolean isDrifting() {
        return count() < 0;
    }

    private int count() {
        return (int) INT.get(bytes, base + COUNT);
    }

    private void addReading(float reading, float usual, float spread) {
        int count = Math.abs(count());
        INT.set(bytes, base + COUNT, (count() < 0 ? -1 : 1) * Math.min(count + 1, Integer.MAX_VALUE - 1));
        float rate = rate(count);
        float level = get(LEVEL);
        float distance = reading - (Float.isNaN(usual) ? (count == 0 ? reading : level) : usual);
        set(LEVEL, level + rate * (reading - level));
        float scale = Math.max(get(DISTANCE), Float.isNaN(spread) ? 0 : spread);
        set(DISTANCE, get(DISTANCE) + rate * (Math.abs(distance) - get(DISTANCE)));
        if (scale > 0) {
            add(READINGS, Math.clamp(distance / scale, -READINGS_CLIP, READINGS_CLIP), READINGS_ALLOWANCE, rate);
        }
    }

    private void addError(float error, float persistence) {
        float rate = rate(Math.abs(count()));
        float scale = get(PERSISTENCE);
        set(PERSISTENCE, scale + rate * (persistence - scale));
        if (scale > 0) {
            add(ERRORS, Math.clamp((error - persistence) / scale, -ERROR_CLIP, ERROR_CLIP), ERROR_ALLOWANCE, rate);
        }
    }

    /// Weight of the newest value in a slow mean: at first all have the same.
    private float rate(int before) {
        return Math.max(1f / (MEMORY_DAYS * slotsPerDay), 1f / (before + 1));
    }

    /// Offsets of a watched figure: its slow mean, its mean over about a day as a distance from that, and the sums of
    /// the test upwards and downwards.
    private static final class Figure {
        private static final int MEAN = 0;
        private static final int DAY = MEAN + Float.BYTES;
        private static final int UP = DAY + Float.BYTES;
        private static final int DOWN = UP + Float.BYTES;
        private static final int BYTES = DOWN + Float.BYTES;
    }

    private void add(int figure, float value, float allowance, float rate) {
        float excess = value - get(figure + Figure.MEAN);
        set(figure + Figure.MEAN, get(figure + Figure.MEAN) + rate * excess);
        set(figure + Figure.DAY, get(figure + Figure.DAY) + (excess - get(figure + Figure.DAY)) / slotsPerDay);
        boolean watched = count() >= WARM_UP_DAYS * slotsPerDay;
        set(figure + Figure.UP, watched ? sum(get(figure + Figure.UP), excess - allowance) : 0);
        set(figure + Figure.DOWN, watched ? sum(get(figure + Figure.DOWN), -excess - allowance) : 0);
    }

    private float sum(float before, float more) {
        return Math.max(0, before + more / slotsPerDay);
    }

    private @Nullable DriftKind alarm() {
        boolean readings = Math.max(get(READINGS + Figure.UP), get(READINGS + Figure.DOWN)) > READINGS_THRESHOLD;
        boolean errors = get(ERRORS + Figure.UP) > ERROR_THRESHOLD;
        if (!readings && !errors) {
            return null;
        }
        INT.set(bytes, base + COUNT, -count());
        return readings ? DriftKind.READINGS : DriftKind.ERROR;
    }

    private @Nullable DriftKind calmDown() {
        if (Math.abs(get(READINGS + Figure.DAY)) < CALM && get(ERRORS + Figure.DAY) < CALM) {
            INT.set(bytes, base + COUNT, 0);
        }
        return null;
    }

    private float get(int at) {
        return (float) FLOAT.get(bytes, base + at);
    }

    private void set(int at, float value) {
        FLOAT.set(bytes, base + at, value);
    }
}
