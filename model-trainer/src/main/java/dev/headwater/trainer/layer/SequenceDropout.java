package dev.headwater.trainer.layer;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Draws the dropout masks of a recurrent layer, one for all steps of a sequence. Kept values are scaled up, so that
/// their mean is the same as without dropout.
final class SequenceDropout {

    private final SplittableRandom random;

    SequenceDropout(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /// @param share that is dropped, from 0 to below 1
    /// @return null when nothing is to be dropped
    float @Nullable [] draw(int length, double share) {
        if (share == 0) {
            return null;
        }
        float[] mask = new float[length];
        double kept = 1 - share;
        for (int i = 0; i < length; i++) {
            mask[i] = random.nextDouble() < kept ? (float) (1 / kept) : 0;
        }
        return mask;
    }

    /// Multiplies all steps of every sequence by its mask.
    ///
    /// @param values `[batch][steps][units]`
    /// @param mask   `[batch][units]`, null for ones
    static void apply(float @Nullable [] mask, float[] values, int batch, int steps) {
        if (mask == null) {
            return;
        }
        int units = mask.length / batch;
        for (int row = 0; row < batch * steps; row++) {
            int from = row / steps * units;
            for (int unit = 0; unit < units; unit++) {
                values[row * units + unit] *= mask[from + unit];
            }
        }
    }
}
