package dev.headwater.trainer.forecast;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.artefact.ModelMetrics;
import dev.headwater.kernels.Seq2SeqShape;
import dev.headwater.trainer.EpochLoop;
import dev.headwater.trainer.LearningRateSchedule;
import dev.headwater.trainer.TrainingListener;
import dev.headwater.trainer.TrainingSettings;
import dev.headwater.trainer.layer.OneCycleSchedule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;

/// The training of a forecaster: an [EpochLoop] over windows in random order, with checkpoints between the epochs.
final class TrainingRun implements EpochLoop.Network<TrainingRun.Mae> {

    private final TrainingSettings settings;
    private final TrainingWindows windows;
    private final BatchEncoder encoder;
    private final ToDoubleFunction<float[]> validation;
    private final TrainingListener listener;
    private final Checkpoints checkpoints;
    private final int batch;
    private final int windowsPerEpoch;
    private final Learner learner;
    private final EpochLoop<Mae> loop;
    private final List<ModelMetrics.Epoch> epochs = new ArrayList<>();
    private final List<Long> orders = new ArrayList<>();

    private ResumableRandom random;
    private double loss; // mean over the epoch; NaN during the epoch
    private long trained;
    private long nanos;

    /// @param validation  validation MAE of flat parameters
    /// @param checkpoints to resume from, and to save the state to after each epoch
    TrainingRun(
            TrainingSettings settings,
            TrainingWindows windows,
            Seq2SeqShape shape,
            BatchEncoderFactory encoders,
            ToDoubleFunction<float[]> validation,
            TrainingListener listener,
            Checkpoints checkpoints) {
        this.settings = settings;
        this.windows = windows;
        this.validation = validation;
        this.listener = listener;
        this.checkpoints = checkpoints;
        this.random = new ResumableRandom(settings.seed());
        int cap = settings.windowsPerEpoch();
        this.windowsPerEpoch = cap == 0 ? windows.size() : Math.min(cap, windows.size());
        this.batch = Math.min(settings.batch(), windowsPerEpoch);
        this.encoder = encoders.of(batch);
        this.loop = new EpochLoop<>(this, settings.epochs(), settings.patience(), windowsPerEpoch, listener);
        this.learner = new Learner(shape, settings, rates());
    }

    /// The learning rate by update. With the schedule `plateau`, [#fit(int)] sets the rate of each epoch.
    private ISchedule rates() {
        double highest = settings.learningRate();
        long updates = (long) Math.ceilDiv(windowsPerEpoch, batch) * settings.epochs();
        return switch (settings.schedule()) {
            case ONE_CYCLE -> new OneCycleSchedule(highest, (int) Math.min(updates, Integer.MAX_VALUE));
            case PLATEAU, CONSTANT -> new FixedSchedule(highest);
        };
    }

    /// Creates the encoder once the batch size is known.
    @FunctionalInterface
    interface BatchEncoderFactory {
        BatchEncoder of(int batch);
    }

    /// Validation MAE, unit of the target.
    record Mae(double figure) implements EpochLoop.Score<Mae> {

        @Override
        public boolean isBetterThan(Mae other) {
            return figure < other.figure;
        }
    }

    /// Result of the run.
    ///
    /// @param parameters  those of the best epoch
    /// @param bestEpoch   from 1
    /// @param begun       epochs begun
    /// @param epochs      figures of the completed epochs
    /// @param interrupted whether the last epoch was interrupted
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

    /// @throws InvalidInputException when training diverges, there is nothing to validate on, or it was interrupted
    ///                               before its first update
    Outcome run() {
        boolean interrupted;
        try (learner) {
            resume();
            interrupted = !loop.run();
            if (loop.bestEpoch() == 0) { // interrupted within the first epoch
                requireTrained();
                loop.judge();
            }
        }
        return new Outcome(
                loop.best(), loop.bestEpoch(), loop.epoch(), List.copyOf(epochs), interrupted, trained, nanos / 1e9);
    }

    /// Rejects a run without any update: initial parameters are not a model.
    private void requireTrained() {
        if (trained == 0) {
            throw new InvalidInputException("training was stopped before its first update: there is no model to keep");
        }
    }

    @Override
    public boolean fit(int epoch) {
        if (settings.schedule() == LearningRateSchedule.PLATEAU) {
            learner.setLearningRate(Plateau.rate(settings, epochs));
        }
        orders.add(random.state());
        windows.shuffle(random);
        loss = Double.NaN;
        double sum = 0;
        for (int from = 0; from < windowsPerEpoch; from += batch) {
            if (Thread.currentThread().isInterrupted()) {
                return false;
            }
            int count = Math.min(batch, windowsPerEpoch - from);
            sum += count * fit(epoch, from, count);
        }
        loss = sum / windowsPerEpoch;
        return true;
    }

    private double fit(int epoch, int from, int count) {
        long begun = System.nanoTime();
        DataSet data = encoder.encode(windows, from, count, random);
        double batchLoss = learner.fit(data, random);
        nanos += System.nanoTime() - begun;
        trained += count;
        if (!Double.isFinite(batchLoss)) {
            throw new InvalidInputException("training diverged: the loss of epoch " + epoch + " must be finite, found "
                    + batchLoss + " after " + trained + " windows; try a learningRate below "
                    + settings.learningRate());
        }
        listener.batch((long) from + count, batchLoss);
        return batchLoss;
    }

    @Override
    public float[] parameters() {
        return learner.parameters();
    }

    @Override
    public Mae score(int epoch, float[] parameters) {
        double mae = Uninterrupted.get(() -> validation.applyAsDouble(parameters));
        if (!Double.isFinite(mae)) {
            throw new InvalidInputException("validation MAE of epoch " + epoch + " must be finite, found " + mae
                    + ": the validation part has steps without any observed target, or training diverged");
        }
        if (Double.isFinite(loss)) {
            epochs.add(new ModelMetrics.Epoch(epoch, loss, mae));
        }
        return new Mae(mae);
    }

    @Override
    public void epochDone() {
        checkpoints.save(new TrainingState(
                learner.state(),
                List.copyOf(epochs),
                List.copyOf(orders),
                random.state(),
                loop.best(),
                trained,
                nanos));
    }

    private void resume() {
        TrainingState state = checkpoints.resume();
        if (state == null) {
            return;
        }
        learner.resume(state.learner());
        epochs.addAll(state.epochs());
        orders.addAll(state.orders());
        orders.forEach(order -> windows.shuffle(new ResumableRandom(order))); // each starts from the previous order
        random = new ResumableRandom(state.random());
        trained = state.trained();
        nanos = state.nanos();
        loop.resume(epochs.stream().map(done -> new Mae(done.validationMae())).toList(), state.best());
    }
}
