package dev.headwater.trainer.service;

import dev.headwater.bus.ClientConfig;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.trainer.TrainingSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a trainer service does.
///
/// @param network    that it trains models for
/// @param training   settings of each training
/// @param registry   folder of all models
/// @param client     of the Kafka that has models, drift and accuracy
/// @param every      from the begin of one training to the next; null for none by the clock
/// @param afterDrift how long after a drift event a training begins, so that the history has readings after the
///                   change; events meanwhile begin no other one. Null for none by drift
/// @param margin     share by which the masked MAE of a challenger must be below the champion's
/// @param canary     event time for which a challenger forecasts in the shadow before it may become champion;
///                   null to make it champion at once
public record ServiceSettings(
        SensorNetwork network,
        TrainingSettings training,
        Path registry,
        ClientConfig client,
        @Nullable Duration every,
        @Nullable Duration afterDrift,
        double margin,
        @Nullable Duration canary) {

    /// Shares are compared to this margin unless another is set.
    public static final double DEFAULT_MARGIN = 0.01;

    private static final Duration SHORTEST_CANARY = Duration.ofHours(1);

    /// @throws InvalidInputException naming the setting, its rule and the value found
    public ServiceSettings {
        if (!(margin >= 0 && margin < 1)) {
            throw new InvalidInputException("margin: must be from 0 to below 1, found " + margin);
        }
        if (canary != null && canary.compareTo(SHORTEST_CANARY) < 0) {
            throw new InvalidInputException("canary: must be at least " + SHORTEST_CANARY
                    + ", the shortest span that is scored live, found " + canary);
        }
    }

    /// Whether an error is below another one by the margin.
    boolean isBetter(double challenger, double champion) {
        return challenger <= champion * (1 - margin);
    }
}
