package dev.headwater.trainer.keyword;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.audio.Clip;
import dev.headwater.kernels.ClassifierShape;
import dev.headwater.kernels.RecurrentClassifier;
import dev.headwater.trainer.Seq2SeqNetwork;
import dev.headwater.trainer.layer.Floats;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/// The loop over epochs and batches: fits, validates by the serving code, remembers the best parameters, stops early.
/// Ends after the current batch when the thread is interrupted, and leaves the interrupt flag set.
final class KeywordRun {

    private final KeywordSettings settings;
    private final ClassifierShape shape;
    private final ClipBatches batches;
    private final Sample validation;
    private final Sample training;
    private final KeywordListener listener;

    private float[] best = {};
    private Judge.Score bestScore = new Judge.Score(-1, Double.POSITIVE_INFINITY);
    private int bestEpoch;
    private int epoch;
    private double loss;
    private final List<Double> trainingCurve = new ArrayList<>();
    private final List<Double> validationCurve = new ArrayList<>();

    /// Clips as they are, to be judged on.
    ///
    /// @param spectra `[clip][frame * width]`, normalised
    /// @param labels  `[clip]`
    record Sample(float[][] spectra, int[] labels) {

        static Sample of(List<Clip> clips, List<String> words, Spectra spectra) {
            return new Sample(
                    spectra.of(clips),
                    clips.stream().mapToInt(clip -> words.indexOf(clip.word())).toArray());
        }
    }

    /// @param training   clips of the training part, for the training curve
    /// @param validation by which the best epoch is chosen
    KeywordRun(
            KeywordSettings settings,
            ClassifierShape shape,
            ClipBatches batches,
            Sample training,
            Sample validation,
            KeywordListener listener) {
        this.settings = settings;
        this.shape = shape;
        this.batches = batches;
        this.training = training;
        this.validation = validation;
        this.listener = listener;
    }

    /// What the loop gave.
    ///
    /// @param parameters those of the best epoch, as the serving network reads them
    /// @param bestEpoch  from 1; 0 when interrupted before the first one ended
    /// @param epochs     epochs begun
    record Outcome(
            float[] parameters, int bestEpoch, int epochs, List<Double> trainingCurve, List<Double> validationCurve) {}

    /// @throws InvalidInputException when training diverges
    Outcome run() {
        MultiLayerNetwork network = KeywordNetwork.of(shape, settings, batches.batches() * settings.epochs());
        try {
            boolean goesOn = true;
            while (goesOn && epoch < settings.epochs()) {
                goesOn = epoch(network);
            }
            if (best.length == 0) { // interrupted within the first epoch
                best = KeywordNetwork.parameters(shape, network);
            }
        } finally {
            Seq2SeqNetwork.close(network);
        }
        return new Outcome(best, bestEpoch, epoch, trainingCurve, validationCurve);
    }

    /// @return whether another epoch may pay
    private boolean epoch(MultiLayerNetwork network) {
        epoch++;
        listener.epochStarted(epoch, settings.epochs(), (long) batches.batches() * settings.batch());
        int[] done = new int[1];
        boolean whole = batches.epoch(epoch, batch -> {
            fit(network, batch);
            done[0] += batch.count();
            listener.batch(done[0], loss);
            return !Thread.currentThread().isInterrupted();
        });
        if (whole) {
            judge(network);
        }
        return whole && epoch - bestEpoch < settings.patience();
    }

    private void fit(MultiLayerNetwork network, ClipBatches.Batch batch) {
        INDArray inputs = KeywordNetwork.input(shape, batch.count(), batch.inputs());
        INDArray targets = Nd4j.createUninitialized(DataType.FLOAT, new long[] {batch.count(), shape.classes()}, 'c');
        Floats.write(batch.targets(), targets);
        network.fit(new DataSet(inputs, targets));
        loss = network.score() - network.calcRegularizationScore(true);
        if (!Double.isFinite(loss)) {
            throw new InvalidInputException("training diverged: the loss of epoch " + epoch
                    + " must be finite, found " + loss + "; try a " + KeywordSettings.PREFIX
                    + "learningRate below " + settings.learningRate());
        }
    }

    /// Of two epochs of the same accuracy the one with the lower loss is the better.
    private void judge(MultiLayerNetwork network) {
        float[] parameters = KeywordNetwork.parameters(shape, network);
        RecurrentClassifier serving = new RecurrentClassifier(shape, parameters);
        Judge.Score score = Judge.of(serving, validation.spectra(), validation.labels());
        validationCurve.add(score.accuracy());
        trainingCurve.add(
                Judge.of(serving, training.spectra(), training.labels()).accuracy());
        boolean better = score.accuracy() > bestScore.accuracy()
                || score.accuracy() == bestScore.accuracy() && score.loss() < bestScore.loss();
        if (better) {
            best = parameters;
            bestScore = score;
            bestEpoch = epoch;
        }
        listener.epochEnded(epoch, score.accuracy(), better);
    }
}
