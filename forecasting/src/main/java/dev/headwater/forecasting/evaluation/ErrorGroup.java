package dev.headwater.forecasting.evaluation;

/// Errors over a group of forecasts, all steps together, each truth weighing the same.
///
/// @param name what they have in common: a sensor, an hour
/// @param mae  mean absolute error, unit of the target
/// @param rmse root mean squared error, unit of the target
/// @param mape mean absolute percentage error, per cent
/// @param bias mean of forecast minus truth, unit of the target
/// @param n    truths counted, at least 1
public record ErrorGroup(String name, double mae, double rmse, double mape, double bias, long n) {}
