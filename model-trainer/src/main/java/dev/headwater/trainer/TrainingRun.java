package dev.headwater.trainer;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.artefact.ModelMetrics;
import dev.headwater.kernels.Seq2SeqShape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.nd4j.linalg.dataset.DataSet;

/// The loop over epochs and batches: fits, validates, remembers the best parameters, stops early. Ends after the
/// current batch when the thread is interrupted, and leaves the interrupt flag set.
final class TrainingRun {

    private final TrainingSettings settings;
    private final TrainingWindows windows;
    private final Seq2SeqShape shape;
    private final BatchEncoder encoder;
    private final ToDoubleFunction<float[]> validation;
    private final TrainingListener listener;
    private final int batch;
    private final int windowsPerEpoch;
    private final List<ModelMetrics.Epoch> epochs = new ArrayList<>();
    private final List<Long> orders = new ArrayList<>();

    private ResumableRandom random;
    private float[] best = {};
    private double bestMae = Double.POSITIVE_INFINITY;
    private int bestEpoch;
    private int epoch;
    private long trained;
    private long nanos;

    /// @param validation validation MAE of flat parameters
    TrainingRun(
            TrainingSettings settings,
            TrainingWindows windows,
            Seq2SeqShape shape,
            BatchEncoderFactory encoders,
            ToDoubleFunction<float[]> validation,
            TrainingListener listener) {
        this.settings = settings;
        this.windows = windows;
        this.shape = shape;
        this.validation = validation;
        this.listener = listener;
        this.random = new ResumableRandom(settings.seed());
        int cap = settings.windowsPerEpoch();
        this.windowsPerEpoch = cap == 0 ? windows.size() : Math.min(cap, windows.size());
        this.batch = Math.min(settings.batch(), windowsPerEpoch);
        this.encoder = encoders.of(batch);
    }

    /// Makes the encoder once the size of the batches is known.
    @FunctionalInterface
    interface BatchEncoderFactory {
        BatchEncoder of(int batch);
    }

    /// What the loop gave.
    ///
    /// @param parameters  those of the best epoch
    /// @param bestEpoch   from 1
    /// @param begun       epochs begun
    /// @param epochs      figures of the epochs that were ended
    /// @param interrupted whether it was broken off
    /// @param trained     windows trained on
    /// @param seconds     spent on training alone
    record Outcome(
            float[] parameters,
            int bestEpoch,
            int begun,
            List<ModelMetrics.Epoch> epochs,
            boolean interrupted,
            long trained,
            double seconds) {}

    /// @param checkpoints where to go on from, and where to leave the state after each epoch
    /// @throws InvalidInputException when training diverges, there is nothing to validate on, or it was interrupted
    ///                               before its first update
    Outcome run(Checkpoints checkpoints) {
        long updates = (long) Math.ceilDiv(windowsPerEpoch, batch) * settings.epochs();
        int iterations = (int) Math.min(updates, Integer.MAX_VALUE);
        boolean interrupted = false;
        try (Learner learner =
                new Learner(shape, settings, settings.schedule().rates(settings.learningRate(), iterations))) {
            resume(checkpoints, learner);
            while (!interrupted && mayPay()) {
                interrupted = !epoch(learner);
                if (!interrupted) {
                    checkpoints.save(state(learner));
                }
            }
            if (best.length == 0) { // interrupted within the first epoch
                requireTrained();
                judge(learner, Double.NaN);
            }
        }
        return new Outcome(best, bestEpoch, epoch, List.copyOf(epochs), interrupted, trained, nanos / 1e9);
    }

    /// Parameters as they were drawn are no model.
    private void requireTrained() {
        if (trained == 0) {
            throw new InvalidInputException("training was stopped before its first update: there is no model to keep");
        }
    }

    /// Whether another epoch may make it better.
    private boolean mayPay() {
        return epoch < settings.epochs() && epoch - bestEpoch < settings.patience();
    }

    /// @return false when it was broken off
    private boolean epoch(Learner learner) {
        epoch++;
        listener.epochStarted(epoch, settings.epochs(), windowsPerEpoch);
        if (settings.schedule() == LearningRateSchedule.PLATEAU) {
            learner.setLearningRate(Plateau.rate(settings, epochs));
        }
        orders.add(random.state());
        windows.shuffle(random);
        double loss = 0;
        for (int from = 0; from < windowsPerEpoch; from += batch) {
            if (Thread.currentThread().isInterrupted()) {
                return false;
            }
            int count = Math.min(batch, windowsPerEpoch - from);
            loss += count * fit(learner, from, count);
        }
        judge(learner, loss / windowsPerEpoch);
        return true;
    }

    private double fit(Learner learner, int from, int count) {
        long begun = System.nanoTime();
        DataSet data = encoder.encode(windows, from, count, random);
        double loss = learner.fit(data, random);
        nanos += System.nanoTime() - begun;
        trained += count;
        if (!Double.isFinite(loss)) {
            throw new InvalidInputException("training diverged: the loss of epoch " + epoch + " must be finite, found "
                    + loss + " after " + trained + " windows; try a learningRate below " + settings.learningRate());
        }
        listener.batch((long) from + count, loss);
        return loss;
    }

    /// @param loss mean over the epoch; NaN when it was not ended
    private void judge(Learner learner, double loss) {
        float[] parameters = learner.parameters();
        double mae = Uninterrupted.get(() -> validation.applyAsDouble(parameters));
        if (!Double.isFinite(mae)) {
            throw new InvalidInputException("validation MAE of epoch " + epoch + " must be finite, found " + mae
                    + ": the validation part has steps without any observed target, or training diverged");
        }
        boolean better = mae < bestMae;
        if (better) {
            best = parameters;
            bestMae = mae;
            bestEpoch = epoch;
        }
        if (Double.isFinite(loss)) {
            epochs.add(new ModelMetrics.Epoch(epoch, loss, mae));
        }
        listener.epochEnded(epoch, mae, better);
    }

    private TrainingState state(Learner learner) {
        return new TrainingState(
                learner.state(), List.copyOf(epochs), List.copyOf(orders), random.state(), best, trained, nanos);
    }

    private void resume(Checkpoints checkpoints, Learner learner) {
        TrainingState state = checkpoints.resume();
        if (state == null) {
            return;
        }
        learner.resume(state.learner());
        epochs.addAll(state.epochs());
        orders.addAll(state.orders());
        orders.forEach(order -> windows.shuffle(new ResumableRandom(order))); // each shuffles what the one before left
        random = new ResumableRandom(state.random());
        best = state.best();
        trained = state.trained();
        nanos = state.nanos();
        epoch = epochs.size();
        for (ModelMetrics.Epoch done : epochs) {
            if (done.validationMae() < bestMae) {
                bestMae = done.validationMae();
                bestEpoch = done.epoch();
            }
        }
        listener.resumed(epoch, bestMae);
    }
}
