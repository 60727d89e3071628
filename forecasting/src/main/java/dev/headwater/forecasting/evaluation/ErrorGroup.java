package dev.headwater.forecasting.evaluation;

/// Errors over a group of forecasts, all steps together, each truth with equal weight.
///
/// @param name name of the group: a sensor, an hour
/// @param mae  mean absolute error, unit of the target
/// @param rmse root mean squared error, unit of the target
/// @param mape mean absolute percentage error, per cent
/// @param bias mean of forecast minus truth, unit of the target
/// @param n    number of truths, at least 1
public record ErrorGroup(String name, double mae, double rmse, double mape, double bias, long n) {}
