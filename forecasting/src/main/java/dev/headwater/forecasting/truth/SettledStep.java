package dev.headwater.forecasting.truth;

import java.util.Arrays;

/// One step of a forecast beside its truth. Reused from step to step.
public final class SettledStep {

    private final float[] bounds; // [level][lower, upper]
    private short model;
    private long issuedAt;
    private long target;
    private int step;
    private float last;
    private float forecast;
    private float truth;

    SettledStep(int levels) {
        this.bounds = new float[2 * levels];
        Arrays.fill(bounds, Float.NaN);
    }

    SettledStep of(long targetSlot, int index, float observed) {
        target = targetSlot;
        step = index;
        truth = observed;
        return this;
    }

    SettledStep issued(long slot, short issuer, float persisted, float value) {
        issuedAt = slot;
        model = issuer;
        last = persisted;
        forecast = value;
        return this;
    }

    /// `[level][lower, upper]`, to be filled.
    float[] bounds() {
        return bounds;
    }

    /// What was given as the model when the forecast was issued.
    public short model() {
        return model;
    }

    /// Slot at which the forecast was issued.
    public long issuedAt() {
        return issuedAt;
    }

    /// The forecast slot.
    public long target() {
        return target;
    }

    /// 0 = the first step.
    public int step() {
        return step;
    }

    /// The last observed value when the forecast was issued, which is the forecast of persistence; NaN when
    /// the window had none.
    public float last() {
        return last;
    }

    /// The forecast value, in the unit of the target; rounded as [PendingLayout] says.
    public float forecast() {
        return forecast;
    }

    /// The observed value, never NaN.
    public float truth() {
        return truth;
    }

    /// Lower bound of a level, counted from the narrowest; NaN when the forecast had none.
    public float lower(int level) {
        return bounds[2 * level];
    }

    /// Upper bound of a level, counted from the narrowest; NaN when the forecast had none.
    public float upper(int level) {
        return bounds[2 * level + 1];
    }
}
