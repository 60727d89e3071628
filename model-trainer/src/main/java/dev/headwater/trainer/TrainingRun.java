package dev.headwater.trainer;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.feature.Features;
import dev.headwater.trainer.layer.Floats;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.DataSet;

/// The loop over epochs and batches: fits, validates, remembers the best parameters, stops early. Ends after the
/// current
/// batch when the thread is interrupted, and leaves the interrupt flag set.
final class TrainingRun {

    private final TrainingSettings settings;
    private final TrainingWindows windows;
    private final Features features;
    private final BatchEncoder encoder;
    private final ToDoubleFunction<float[]> validation;
    private final TrainingListener listener;
    private final SplittableRandom random;
    private final int batch;
    private final int windowsPerEpoch;

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
            Features features,
            BatchEncoderFactory encoders,
            ToDoubleFunction<float[]> validation,
            TrainingListener listener) {
        this.settings = settings;
        this.windows = windows;
        this.features = features;
        this.validation = validation;
        this.listener = listener;
        this.random = new SplittableRandom(settings.seed());
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
    /// @param parameters those of the best epoch
    /// @param bestEpoch  from 1
    /// @param epochs     epochs begun
    /// @param trained    windows trained on
    /// @param seconds    spent on training alone
    record Outcome(float[] parameters, int bestEpoch, int epochs, long trained, double seconds) {}

    /// @throws InvalidInputException when training diverges or there is nothing to validate on
    Outcome run() {
        long updates = (long) Math.ceilDiv(windowsPerEpoch, batch) * settings.epochs();
        MultiLayerNetwork network =
                Seq2SeqNetwork.of(features.shape(), settings, (int) Math.min(updates, Integer.MAX_VALUE));
        try {
            boolean goesOn = true;
            while (goesOn && epoch < settings.epochs()) {
                goesOn = epoch(network);
            }
            if (best.length == 0) { // interrupted within the first epoch
                judge(network);
            }
        } finally {
            Seq2SeqNetwork.close(network);
        }
        return new Outcome(best, bestEpoch, epoch, trained, nanos / 1e9);
    }

    /// @return whether another epoch may pay
    private boolean epoch(MultiLayerNetwork network) {
        epoch++;
        listener.epochStarted(epoch, settings.epochs(), windowsPerEpoch);
        windows.shuffle(random);
        for (int from = 0; from < windowsPerEpoch; from += batch) {
            if (Thread.currentThread().isInterrupted()) {
                return false;
            }
            fit(network, from, Math.min(batch, windowsPerEpoch - from));
        }
        judge(network);
        return epoch - bestEpoch < settings.patience();
    }

    private void fit(MultiLayerNetwork network, int from, int count) {
        long begun = System.nanoTime();
        DataSet data = encoder.encode(windows, from, count, random);
        network.fit(data);
        nanos += System.nanoTime() - begun;
        trained += count;
        double loss = network.score() - network.calcRegularizationScore(true);
        if (!Double.isFinite(loss)) {
            throw new InvalidInputException("training diverged: the loss of epoch " + epoch + " must be finite, found "
                    + loss + " after " + trained + " windows; try a learningRate below " + settings.learningRate());
        }
        listener.batch((long) from + count, loss);
    }

    private void judge(MultiLayerNetwork network) {
        float[] parameters = Floats.of(network.params());
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
        listener.epochEnded(epoch, mae, better);
    }
}
