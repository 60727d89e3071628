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

    /// How parameters fare on the validation part.
    public interface Score<S> {

        /// What listeners are told.
        double figure();

        boolean isBetterThan(S other);
    }

    /// A network while it learns.
    public interface Network<S> {

        /// Fits every batch of an epoch.
        ///
        /// @param epoch from 1
        /// @return false when an interrupt broke it off
        boolean fit(int epoch);

        /// The present parameters as they would be kept, a copy.
        float[] parameters();

        S score(int epoch, float[] parameters);

        /// Called once the epoch was fitted and judged: all that the epochs to come depend on can be saved.
        default void epochDone() {}
    }

    /// @param maxEpochs epochs of a run that is not stopped early
    /// @param patience  epochs without a better score after which the run stops
    /// @param samples   of one epoch, for the listener
    public EpochLoop(Network<S> network, int maxEpochs, int patience, long samples, TrainingListener listener) {
        this.network = network;
        this.maxEpochs = maxEpochs;
        this.patience = patience;
        this.samples = samples;
        this.listener = listener;
    }

    /// Goes on after the epochs of an earlier run.
    ///
    /// @param scores     of these epochs
    /// @param parameters of the best of them
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

    /// @return false when an interrupt broke the last epoch off
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

    /// Scores the present parameters, and keeps them when they are the best so far.
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

    /// Parameters of the best epoch; empty before the first one was judged.
    public float[] best() {
        return best;
    }

    /// From 1; 0 before the first one was judged.
    public int bestEpoch() {
        return bestEpoch;
    }

    /// Epochs begun.
    public int epoch() {
        return epoch;
    }
}
