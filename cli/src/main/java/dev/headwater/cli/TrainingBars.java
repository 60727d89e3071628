package dev.headwater.cli;

import dev.headwater.trainer.TrainingListener;
import org.jspecify.annotations.Nullable;

/// The progress bars of several trainings, one after the other.
final class TrainingBars implements AutoCloseable {

    private final String unit;
    private @Nullable TrainingBar current;

    /// @param unit of the target
    TrainingBars(String unit) {
        this.unit = unit;
    }

    /// Ends the bar of the training before and begins one.
    ///
    /// @param label before the number of the epoch
    TrainingListener next(String label) {
        close();
        TrainingBar bar = new TrainingBar(unit, label);
        current = bar;
        return bar;
    }

    @Override
    public void close() {
        if (current != null) {
            current.close();
        }
    }
}
