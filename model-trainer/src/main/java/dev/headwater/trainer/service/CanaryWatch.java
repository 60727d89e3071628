package dev.headwater.trainer.service;

import dev.headwater.trainer.service.ServiceState.Canary;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Watches the challenger in the shadow. Not thread-safe.
final class CanaryWatch {

    private final ServiceSettings settings;

    CanaryWatch(ServiceSettings settings) {
        this.settings = settings;
    }

    /// What became of the challenger.
    ///
    /// @param canary  as it is remembered from now on; null when it has ended
    /// @param ended   how; null while it goes on
    /// @param message for people, one line
    record Change(@Nullable Canary canary, @Nullable Verdict ended, String message) {

        Optional<Verdict> verdict() {
            return Optional.ofNullable(ended);
        }
    }

    Optional<Change> look(ServiceState state) {
        return Optional.empty();
    }
}
