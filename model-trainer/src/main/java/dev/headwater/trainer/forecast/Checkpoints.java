package dev.headwater.trainer.forecast;

import org.jspecify.annotations.Nullable;

/// Saves the state of a training run after each epoch, and restores that of an earlier one.
interface Checkpoints {

    /// Saves nothing.
    Checkpoints NONE = new Checkpoints() {
        @Override
        public @Nullable TrainingState resume() {
            return null;
        }

        @Override
        public void save(TrainingState state) {}
    };

    /// The state to resume from; null for a new run.
    @Nullable
    TrainingState resume();

    /// Replaces the saved state.
    void save(TrainingState state);
}
