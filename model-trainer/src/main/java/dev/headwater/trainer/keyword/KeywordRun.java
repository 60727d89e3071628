package dev.headwater.trainer.keyword;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.kernels.ClassifierShape;
import dev.headwater.kernels.RecurrentClassifier;
import dev.headwater.trainer.EpochLoop;
import dev.headwater.trainer.TrainingListener;
import dev.headwater.trainer.layer.Floats;
import dev.headwater.trainer.layer.KernelLayers;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/// The training of a classifier: an [EpochLoop] over augmented clips, validated by the serving code.
final class KeywordRun implements EpochLoop.Network<LabelledSpectra.Score> {

    private final KeywordSettings settings;
    private final ClassifierShape shape;
    private final ClipBatches batches;
    private final LabelledSpectra training;
    private final LabelledSpectra validation;
    private final TrainingListener listener;
    private final MultiLayerNetwork network;
    private final List<Double> trainingCurve = new ArrayList<>();
    private final List<Double> validationCurve = new ArrayList<>();

    /// @param training   clips of the training part, for the training curve
    /// @param validation clips that determine the best epoch
    KeywordRun(
            KeywordSettings settings,
            ClassifierShape shape,
            ClipBatches batches,
            LabelledSpectra training,
            LabelledSpectra validation,
            TrainingListener listener) {
        this.settings = settings;
        this.shape = shape;
        this.batches = batches;
        this.training = training;
        this.validation = validation;
        this.listener = listener;
        this.network = KeywordNetwork.of(shape, settings, batches.batches() * settings.epochs());
    }

    /// Result of the run.
    ///
    /// @param parameters of the best epoch, in the layout of the serving network
    /// @param bestEpoch  from 1; 0 when interrupted before the first one ended
    /// @param epochs     epochs begun
    record Outcome(
            float[] parameters, int bestEpoch, int epochs, List<Double> trainingCurve, List<Double> validationCurve) {}

    /// @throws InvalidInputException when training diverges
    Outcome run() {
        long clips = (long) batches.batches() * settings.batch();
        EpochLoop<LabelledSpectra.Score> loop =
                new EpochLoop<>(this, settings.epochs(), settings.patience(), clips, listener);
        try {
            loop.run();
            float[] kept = loop.bestEpoch() == 0 ? parameters() : loop.best();
            return new Outcome(kept, loop.bestEpoch(), loop.epoch(), trainingCurve, validationCurve);
        } finally {
            KernelLayers.close(network);
        }
    }

    @Override
    public boolean fit(int epoch) {
        int[] done = new int[1];
        return batches.epoch(epoch, batch -> {
            double loss = fit(epoch, batch);
            done[0] += batch.count();
            listener.batch(done[0], loss);
            return !Thread.currentThread().isInterrupted();
        });
    }

    private double fit(int epoch, ClipBatches.Batch batch) {
        INDArray inputs = KeywordNetwork.input(shape, batch.count(), batch.inputs());
        INDArray targets = Nd4j.createUninitialized(DataType.FLOAT, new long[] {batch.count(), shape.classes()}, 'c');
        Floats.write(batch.targets(), targets);
        network.fit(new DataSet(inputs, targets));
        double loss = network.score() - network.calcRegularizationScore(true);
        if (!Double.isFinite(loss)) {
            throw new InvalidInputException("training diverged: the loss of epoch " + epoch
                    + " must be finite, found " + loss + "; try a " + KeywordSettings.PREFIX
                    + "learningRate below " + settings.learningRate());
        }
        return loss;
    }

    @Override
    public float[] parameters() {
        return KeywordNetwork.parameters(shape, network);
    }

    @Override
    public LabelledSpectra.Score score(int epoch, float[] parameters) {
        RecurrentClassifier serving = new RecurrentClassifier(shape, parameters);
        LabelledSpectra.Score score = validation.score(serving);
        validationCurve.add(score.accuracy());
        trainingCurve.add(training.score(serving).accuracy());
        return score;
    }
}
