package dev.headwater.trainer.layer;

import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/// A learning rate that grows by the same factor with each update.
public final class RangeSchedule implements ISchedule {

    private static final long serialVersionUID = 1L;

    @JsonProperty
    private final double from;

    @JsonProperty
    private final double to;

    @JsonProperty
    private final int iterations;

    /// @param from       rate of the first update
    /// @param to         rate of the last one
    /// @param iterations updates, at least 2
    public RangeSchedule(
            @JsonProperty("from") double from,
            @JsonProperty("to") double to,
            @JsonProperty("iterations") int iterations) {
        this.from = from;
        this.to = to;
        this.iterations = iterations;
    }

    @Override
    public double valueAt(int iteration, int epoch) {
        return from * Math.pow(to / from, iteration / (double) (iterations - 1));
    }

    @Override
    @SuppressWarnings("MissingSuperClone") // immutable: a copy by value is as good, and the class is final
    public ISchedule clone() {
        return new RangeSchedule(from, to, iterations);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RangeSchedule that
                && from == that.from
                && to == that.to
                && iterations == that.iterations;
    }

    @Override
    public int hashCode() {
        return (Double.hashCode(from) * 31 + Double.hashCode(to)) * 31 + iterations;
    }
}
