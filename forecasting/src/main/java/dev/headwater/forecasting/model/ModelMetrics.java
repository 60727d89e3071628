package dev.headwater.forecasting.model;

import dev.headwater.forecasting.evaluation.ErrorTable;
import java.util.Map;

/// The figures a model was published with.
///
/// @param validation errors on the validation part, by which training was stopped
/// @param test       errors on the test part, looked at once
/// @param baselines  errors of the baselines on the test part, by name
public record ModelMetrics(ErrorTable validation, ErrorTable test, Map<String, ErrorTable> baselines) {}
