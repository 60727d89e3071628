package dev.headwater.trainer;

/// How the learning rate goes over a training run.
public enum LearningRateSchedule {
    /// Up and down over all epochs that there may be: [dev.headwater.trainer.layer.OneCycleSchedule].
    ONE_CYCLE,
    /// The highest rate, halved whenever validation has not got better for some epochs.
    PLATEAU,
    /// The highest rate throughout.
    CONSTANT
}
