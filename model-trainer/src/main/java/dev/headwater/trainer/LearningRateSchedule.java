package dev.headwater.trainer;

import dev.headwater.trainer.layer.OneCycleSchedule;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;

/// How the learning rate goes over a training run.
public enum LearningRateSchedule {
    /// Up and down over all epochs that there may be: [OneCycleSchedule].
    ONE_CYCLE,
    /// The highest rate, halved whenever validation has not got better for some epochs.
    PLATEAU,
    /// The highest rate throughout.
    CONSTANT;

    /// The rate by update, as DL4J asks for it. That of `plateau` is set anew between epochs.
    ///
    /// @param highest    learning rate
    /// @param iterations updates that a cycle spans
    ISchedule rates(double highest, int iterations) {
        return switch (this) {
            case ONE_CYCLE -> new OneCycleSchedule(highest, iterations);
            case PLATEAU, CONSTANT -> new FixedSchedule(highest);
        };
    }
}
