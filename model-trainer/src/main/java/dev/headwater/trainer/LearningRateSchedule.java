package dev.headwater.trainer;

/// Course of the learning rate over a training run.
public enum LearningRateSchedule {
    /// Up and down once over the maximum number of epochs: [dev.headwater.trainer.layer.OneCycleSchedule].
    ONE_CYCLE,
    /// The highest rate, halved when validation stops improving for some epochs.
    PLATEAU,
    /// The highest rate throughout.
    CONSTANT
}
