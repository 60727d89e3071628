package dev.headwater.trainer.service;

import dev.headwater.trainer.TrainingListener;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// What a service does now, for status and metrics; also stops a training. Written by the service's thread,
/// read by any.
final class Progress {

    /// A step of the service's work.
    enum Phase {
        WAITING,
        READING,
        TRAINING,
        JUDGING
    }

    /// @param phase   what is being done
    /// @param epoch   of the training, from 1; 0 before the first
    /// @param epochs  maximum number
    /// @param done    share of the maximum number of epochs that is done, 0 to 1
    /// @param best    best validation MAE so far, unit of the target; null before the first validation
    record Snapshot(
            Phase phase,
            int epoch,
            int epochs,
            double done,
            @Nullable Double best) {}

    private static final Snapshot WAITING = new Snapshot(Phase.WAITING, 0, 0, 0, null);

    /// A training was stopped from outside; its checkpoint is left.
    static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        StoppedException() {
            super("the service stops");
        }
    }

    private volatile Snapshot now = WAITING;

    Snapshot now() {
        return now;
    }

    void enter(Phase phase) {
        Snapshot before = now;
        now = phase == Phase.WAITING
                ? WAITING
                : new Snapshot(phase, before.epoch, before.epochs, before.done, before.best);
    }

    /// Follows a training.
    ///
    /// @param shown    receives the progress too
    /// @param stopping asked after each update; when it is true, the training ends with a [StoppedException]
    TrainingListener listener(TrainingListener shown, BooleanSupplier stopping) {
        return new TrainingListener() {
            private long samples = 1;

            @Override
            public void resumed(int epochs, double best) {
                now = new Snapshot(Phase.TRAINING, epochs, epochs, 0, best);
                shown.resumed(epochs, best);
            }

            @Override
            public void epochStarted(int epoch, int epochs, long count) {
                samples = Math.max(1, count);
                now = new Snapshot(Phase.TRAINING, epoch, epochs, (epoch - 1.0) / epochs, now.best);
                shown.epochStarted(epoch, epochs, count);
            }

            @Override
            public void batch(long done, double loss) {
                Snapshot before = now;
                double share = (before.epoch - 1 + (double) done / samples) / before.epochs;
                now = new Snapshot(Phase.TRAINING, before.epoch, before.epochs, share, before.best);
                shown.batch(done, loss);
                if (stopping.getAsBoolean()) {
                    throw new StoppedException();
                }
            }

            @Override
            public void epochEnded(int epoch, double validation, boolean best) {
                Snapshot before = now;
                Double figure = best ? Double.valueOf(validation) : before.best;
                now = new Snapshot(Phase.TRAINING, epoch, before.epochs, (double) epoch / before.epochs, figure);
                shown.epochEnded(epoch, validation, best);
            }
        };
    }
}
