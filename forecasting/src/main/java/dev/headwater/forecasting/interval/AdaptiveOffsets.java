package dev.headwater.forecasting.interval;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// What the intervals of one sensor have learnt from truths: for each step and bound a shift of the fitted
/// offset, in widths of the fitted interval. A truth beyond a bound moves it out by `RATE * (1 - beyond)`,
/// any other in by `RATE * beyond`, so in the long run the bound has its share of truths beyond it, whatever
/// happens to the errors (quantile tracking: Angelopoulos, Candes and Tibshirani, *Conformal PID Control for
/// Time Series Prediction*, 2023).
///
/// This is a view of bytes, which it reads and changes in place. Not thread-safe.
public final class AdaptiveOffsets {

    private static final VarHandle FLOAT = MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
    private static final float RATE = 0.005f;

    private final Levels levels;
    private final int horizon;
    private byte[] bytes = new byte[0];
    private int base;

    public AdaptiveOffsets(Levels levels, int horizon) {
        this.levels = levels;
        this.horizon = horizon;
    }

    /// Length of the bytes; all zero for nothing learnt.
    public static int bytes(Levels levels, int horizon) {
        return horizon * levels.bounds() * Float.BYTES;
    }

    public AdaptiveOffsets on(byte[] other, int at) {
        bytes = other;
        base = at;
        return this;
    }

    private int at(int step, int bound) {
        return base + (step * levels.bounds() + bound) * Float.BYTES;
    }

    /// Learns from one truth.
    ///
    /// @param step   0 = the first
    /// @param bounds `[level][lower, upper]` as issued; NaN for none
    public void learn(int step, float[] bounds, float truth) {
        for (int bound = 0; bound < levels.bounds(); bound++) {
            float issued = bounds[bound];
            if (!Float.isNaN(issued)) {
                boolean upper = bound % 2 == 1;
                boolean missed = upper ? truth > issued : truth < issued;
                float out = RATE * (float) ((missed ? 1 : 0) - levels.beyond(bound));
                int at = at(step, bound);
                FLOAT.set(bytes, at, (float) FLOAT.get(bytes, at) + (upper ? out : -out));
            }
        }
    }

    /// Shifts fitted offsets by what was learnt. Afterwards no lower one is above its upper one, and a wider
    /// level contains the narrower ones.
    ///
    /// @param offsets `[step][level][lower, upper]` distance from the forecast, NaN for none; changed in
    ///                place
    public void shift(float[] offsets) {
        for (int step = 0; step < horizon; step++) {
            int first = step * levels.bounds();
            for (int bound = 0; bound < levels.bounds(); bound += 2) {
                int low = first + bound;
                float width = offsets[low + 1] - offsets[low];
                offsets[low] += width * (float) FLOAT.get(bytes, at(step, bound));
                offsets[low + 1] += width * (float) FLOAT.get(bytes, at(step, bound + 1));
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
