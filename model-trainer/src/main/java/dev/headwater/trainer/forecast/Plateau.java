package dev.headwater.trainer.forecast;

import dev.headwater.forecasting.artefact.ModelMetrics;
import dev.headwater.trainer.TrainingSettings;
import java.util.List;

/// The learning rate that is halved when validation stops improving.
final class Plateau {

    private static final double SHARE = 0.5;

    private Plateau() {}

    /// The rate of the next epoch: halved each time that `plateauEpochs` epochs passed since the best one or
    /// the last halving.
    ///
    /// @param done completed epochs, in order
    static double rate(TrainingSettings settings, List<ModelMetrics.Epoch> done) {
        double rate = settings.learningRate();
        double best = Double.POSITIVE_INFINITY;
        int waited = 0;
        for (ModelMetrics.Epoch epoch : done) {
            boolean better = epoch.validationMae() < best;
            best = Math.min(best, epoch.validationMae());
            waited = better ? 0 : waited + 1;
            if (waited == settings.plateauEpochs()) {
                rate *= SHARE;
                waited = 0;
            }
        }
        return rate;
    }
}
