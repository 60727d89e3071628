package dev.headwater.trainer.forecast;

import org.jspecify.annotations.Nullable;

/// Where a training run leaves its state after each epoch, and may find that of an earlier one.
interface Checkpoints {

    /// Keeps nothing.
    Checkpoints NONE = new Checkpoints() {
        @Override
        public @Nullable TrainingState resume() {
            return null;
        }

        @Override
        public void save(TrainingState state) {}
    };

    /// The state to go on from; null for a run from the beginning.
    @Nullable
    TrainingState resume();

    /// Keeps a state in place of the one before.
    void save(TrainingState state);
}
