package dev.headwater.trainer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The loop over epochs for every kind of network: fits, validates, keeps the best parameters, stops early. It ends
/// after the current batch when the thread is interrupted, and leaves the interrupt flag set.
///
/// @param <S> score on the validation part
public final class EpochLoop<S extends EpochLoop.Score<S>> {

    private final Network<S> network;
    private final int maxEpochs;
    private final int patience;
    private final long samples;
    private final TrainingListener listener;

    private float[] best = {};
    private @Nullable S bestScore;
    private int bestEpoch;
    private int epoch;

    /// Quality of parameters on the validation part.
    public interface Score<S> {

        /// Reported to the listener.
        double figure();

        boolean isBetterThan(S other);
    }

    /// The network under training.
    public interface Network<S> {

        /// Fits every batch of an epoch.
        ///
        /// @param epoch from 1
        /// @return false when interrupted before its end
        boolean fit(int epoch);

        /// A copy of the current parameters.
        float[] parameters();

        S score(int epoch, float[] parameters);

        /// Called after an epoch was fitted and validated: the state can be saved.
        default void epochDone() {}
    }

    /// @param maxEpochs maximum number of epochs
    /// @param patience  epochs without a better score before early stopping
    /// @param samples   per epoch, for the listener
    public EpochLoop(Network<S> network, int maxEpochs, int patience, long samples, TrainingListener listener) {
        this.network = network;
        this.maxEpochs = maxEpochs;
        this.patience = patience;
        this.samples = samples;
        this.listener = listener;
    }

    /// Restores the state after the epochs of an earlier run.
    ///
    /// @param scores     of these epochs
    /// @param parameters of the best of these epochs
    public void resume(List<S> scores, float[] parameters) {
        best = parameters;
        for (S score : scores) {
            epoch++;
            note(score);
        }
        if (bestScore != null) {
            listener.resumed(epoch, bestScore.figure());
        }
    }

    /// @return false when interrupted within an epoch
    public boolean run() {
        while (epoch < maxEpochs && epoch - bestEpoch < patience) {
            epoch++;
            listener.epochStarted(epoch, maxEpochs, samples);
            if (!network.fit(epoch)) {
                return false;
            }
            judge();
            network.epochDone();
        }
        return true;
    }

    /// Scores the current parameters and keeps them if they are the best so far.
    public void judge() {
        float[] parameters = network.parameters();
        S score = network.score(epoch, parameters);
        boolean better = note(score);
        if (better) {
            best = parameters;
        }
        listener.epochEnded(epoch, score.figure(), better);
    }

    private boolean note(S score) {
        boolean better = bestScore == null || score.isBetterThan(bestScore);
        if (better) {
            bestScore = score;
            bestEpoch = epoch;
        }
        return better;
    }

    /// Parameters of the best epoch; empty before the first validation.
    public float[] best() {
        return best;
    }

    /// From 1; 0 before the first validation.
    public int bestEpoch() {
        return bestEpoch;
    }

    /// Number of epochs begun.
    public int epoch() {
        return epoch;
    }
}
