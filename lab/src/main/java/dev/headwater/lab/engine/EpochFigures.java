package dev.headwater.lab.engine;

/// An epoch of a training.
///
/// @param epoch          from 1
/// @param trainLoss      loss on training examples after the epoch, nothing dropped
/// @param train          the row's figure on the same
/// @param validationLoss loss on the validation part
/// @param validation     the row's figure on the same
public record EpochFigures(int epoch, double trainLoss, double train, double validationLoss, double validation) {}
