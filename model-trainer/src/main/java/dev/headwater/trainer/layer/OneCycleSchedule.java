package dev.headwater.trainer.layer;

import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/// One-cycle learning rate (Smith & Topin, *Super-Convergence*, 2018) by iteration: a cosine up to the highest
/// rate over the first 30 %, a cosine down to almost zero over the rest; the curve of PyTorch's `OneCycleLR`.
public final class OneCycleSchedule implements ISchedule {

    private static final long serialVersionUID = 1L;
    private static final double RISING = 0.3;
    private static final double FIRST_SHARE = 1 / 25.0;
    private static final double LAST_SHARE = 1e-4 / 25.0;

    @JsonProperty
    private final double highest;

    @JsonProperty
    private final int iterations;

    /// @param highest    learning rate at the top of the cycle
    /// @param iterations parameter updates of the cycle; later ones get the last rate
    public OneCycleSchedule(@JsonProperty("highest") double highest, @JsonProperty("iterations") int iterations) {
        this.highest = highest;
        this.iterations = iterations;
    }

    @Override
    public double valueAt(int iteration, int epoch) {
        double top = Math.max(1, RISING * iterations - 1);
        double end = Math.max(top + 1, iterations - 1);
        if (iteration <= top) {
            return cosine(highest * FIRST_SHARE, highest, iteration / top);
        }
        return cosine(highest, highest * LAST_SHARE, Math.min(1, (iteration - top) / (end - top)));
    }

    private static double cosine(double from, double to, double done) {
        return to + (from - to) * (1 + Math.cos(Math.PI * done)) / 2;
    }

    @Override
    @SuppressWarnings("MissingSuperClone") // immutable: a copy by value is as good, and the class is final
    public ISchedule clone() {
        return new OneCycleSchedule(highest, iterations);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OneCycleSchedule that && highest == that.highest && iterations == that.iterations;
    }

    @Override
    public int hashCode() {
        return Double.hashCode(highest) * 31 + iterations;
    }
}
