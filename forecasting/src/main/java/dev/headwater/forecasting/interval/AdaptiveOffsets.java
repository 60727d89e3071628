package dev.headwater.forecasting.interval;

import dev.headwater.forecasting.network.WindowSpec;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// What the intervals of one sensor have learnt from truths: for each step and bound a shift of the fitted
/// distance, in widths of the fitted interval. A truth beyond a bound moves it out by `rate * (1 - beyond)`,
/// any other in by `rate * beyond`, so in the long run the bound has its share of truths beyond it, whatever
/// happens to the errors (quantile tracking: Angelopoulos, Candes and Tibshirani, *Conformal PID Control for
/// Time Series Prediction*, 2023; after Gibbs and Candes, *Adaptive Conformal Inference Under Distribution
/// Shift*, 2021).
///
/// The rate is small while all is well, since each shift costs width. It is up to [#BOOST] times as large
/// when the truths of all steps together have been for some time on one side of the middle of the narrowest
/// interval, or far from it more often than half of the times; then the wider intervals also move with the
/// narrowest one, because truths beyond them are rare. Decision 18 has the measurements.
///
/// This is a view of bytes, which it reads and changes in place. Not thread-safe.
public final class AdaptiveOffsets {

    private static final VarHandle FLOAT = MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

    private static final float RATE = 0.01f;
    private static final float BOOST = 20;
    private static final float FULL_RATE_LEAD = 24; // slots; errors of longer leads overlap, so they learn less
    private static final int MEMORY = 6; // leads of the last step
    private static final int LEAST_MEMORY = 72; // slots; in fewer a run of chance would look like a change
    private static final float CARRY = 0.7f; // of the narrowest level's shift
    private static final double NEAR = 0.77; // of errors, by -log(1 - level); so 0.48 half widths of 80 %
    private static final float ONE_SIDED = 0.45f; // from here on the rate rises
    private static final float ALL_ONE_SIDED = 0.65f; // until here
    private static final float FAR = 0.2f;
    private static final float ALL_FAR = 0.3f;
    private static final float MOST = 50; // widths

    private static final int SHIFTS = 2 * Float.BYTES; // offsets: side, distance, then the shifts
    private static final int DISTANCE = Float.BYTES;

    private final Levels levels;
    private final WindowSpec window;
    private final float memory; // weight of one truth
    private final float near; // half widths of the narrowest interval that hold half of the truths
    private byte[] bytes = new byte[0];
    private int base;

    public AdaptiveOffsets(Levels levels, WindowSpec window) {
        this.levels = levels;
        this.window = window;
        int slots = Math.max(LEAST_MEMORY, MEMORY * window.lead(window.horizon()));
        this.memory = 1f / ((float) slots * window.horizon());
        this.near = (float) (NEAR / -Math.log(1 - levels.values().getFirst()));
    }

    /// Length of the bytes; all zero for nothing learnt.
    public static int bytes(Levels levels, WindowSpec window) {
        return SHIFTS + window.horizon() * levels.bounds() * Float.BYTES;
    }

    public AdaptiveOffsets on(byte[] other, int at) {
        bytes = other;
        base = at;
        return this;
    }

    private float get(int at) {
        return (float) FLOAT.get(bytes, base + at);
    }

    private void add(int at, float change) {
        FLOAT.set(bytes, base + at, Math.clamp(get(at) + change, -MOST, MOST));
    }

    private int shiftAt(int step, int bound) {
        return SHIFTS + (step * levels.bounds() + bound) * Float.BYTES;
    }

    /// Learns from one truth.
    ///
    /// @param step   0 = the first
    /// @param bounds `[level][lower, upper]` as issued; NaN for none
    public void learn(int step, float[] bounds, float truth) {
        float urgency = observe(bounds[0], bounds[1], truth);
        float rate = RATE * (1 + BOOST * urgency) * Math.min(1, FULL_RATE_LEAD / window.lead(step + 1));
        float lower = 0; // shift of the narrowest level
        float upper = 0;
        for (int level = 0; level < levels.count(); level++) {
            int low = 2 * level;
            if (!Float.isNaN(bounds[low])) {
                float beyond = (float) levels.beyond(low);
                float down = rate * ((truth < bounds[low] ? 1 : 0) - beyond) + CARRY * urgency * lower;
                float up = rate * ((truth > bounds[low + 1] ? 1 : 0) - beyond) + CARRY * urgency * upper;
                add(shiftAt(step, low), -down);
                add(shiftAt(step, low + 1), up);
                lower = level == 0 ? down : lower;
                upper = level == 0 ? up : upper;
            }
        }
    }

    /// Notes on which side of the middle of the narrowest interval the truths lie of late, and how far from
    /// it.
    ///
    /// @return how urgent it is to learn fast, from 0 to 1
    private float observe(float lower, float upper, float truth) {
        float side = get(0);
        float distance = get(DISTANCE);
        if (!Float.isNaN(lower)) {
            float fromMiddle = truth - (lower + upper) / 2;
            boolean far = Math.abs(fromMiddle) > near * (upper - lower) / 2;
            side += memory * (Math.signum(fromMiddle) - side);
            distance += memory * ((far ? 0.5f : -0.5f) - distance);
            FLOAT.set(bytes, base, side);
            FLOAT.set(bytes, base + DISTANCE, distance);
        }
        float oneSided = (Math.abs(side) - ONE_SIDED) / (ALL_ONE_SIDED - ONE_SIDED);
        float farOff = (Math.abs(distance) - FAR) / (ALL_FAR - FAR);
        return Math.clamp(Math.max(oneSided, farOff), 0, 1);
    }

    /// Shifts fitted distances by what was learnt. Afterwards no lower bound is above its upper one, and a
    /// wider level contains the narrower ones.
    ///
    /// @param offsets `[step][level][lower, upper]` distance from the forecast, NaN for none; changed in
    ///                place
    public void shift(float[] offsets) {
        for (int step = 0; step < window.horizon(); step++) {
            for (int bound = 0; bound < levels.bounds(); bound += 2) {
                int low = step * levels.bounds() + bound;
                float width = offsets[low + 1] - offsets[low];
                offsets[low] += width * get(shiftAt(step, bound));
                offsets[low + 1] += width * get(shiftAt(step, bound + 1));
                order(offsets, low, bound == 0);
            }
        }
    }

    private static void order(float[] offsets, int low, boolean narrowest) {
        if (offsets[low] > offsets[low + 1]) {
            float middle = (offsets[low] + offsets[low + 1]) / 2;
            offsets[low] = middle;
            offsets[low + 1] = middle;
        }
        if (!narrowest && !Float.isNaN(offsets[low - 1])) {
            offsets[low] = Math.min(offsets[low], offsets[low - 2]);
            offsets[low + 1] = Math.max(offsets[low + 1], offsets[low - 1]);
        }
    }
}
