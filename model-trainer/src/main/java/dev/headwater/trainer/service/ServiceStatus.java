package dev.headwater.trainer.service;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a trainer service does, as `/status` answers. Times are instants in ISO-8601.
///
/// @param network  name of the network
/// @param state    `waiting`, `reading`, `training` or `judging`
/// @param running  the training that runs; null for none
/// @param progress share of its epochs that is done, 0 to 1
/// @param epoch    from 1; 0 before the first
/// @param epochs   maximum number
/// @param best     best validation MAE so far, unit of the target; null before the first validation
/// @param last     the training that ended last; null for none
/// @param canary   the challenger in the shadow; null for none
/// @param next     when the next training is due; null for none
public record ServiceStatus(
        String network,
        String state,
        ServiceState.@Nullable Running running,
        double progress,
        int epoch,
        int epochs,
        @Nullable Double best,
        ServiceState.@Nullable Run last,
        ServiceState.@Nullable Canary canary,
        @Nullable String next) {

    static ServiceStatus of(String network, Progress.Snapshot now, ServiceState state, @Nullable String next) {
        return new ServiceStatus(
                network,
                now.phase().name().toLowerCase(Locale.ROOT),
                state.running(),
                now.done(),
                now.epoch(),
                now.epochs(),
                now.best(),
                state.last(),
                state.canary(),
                next);
    }
}
