package dev.headwater.trainer.keyword;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.artefact.ForecastModel;
import dev.headwater.forecasting.audio.ClipSplit;
import dev.headwater.forecasting.audio.EnergyHistory;
import dev.headwater.forecasting.audio.KeywordModel;
import dev.headwater.forecasting.network.AudioSpec;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.trainer.ProvenanceInput;
import dev.headwater.trainer.TrainingListener;
import dev.headwater.trainer.TrainingSettings;
import dev.headwater.trainer.forecast.Trainer;

/// Trains both parts of the artefact of a network of sound: first the forecaster of the frames' energy, then
/// the keyword classifier. Both use the same split, so that neither sees the test part.
public final class SpeechTrainer {

    private SpeechTrainer() {}

    /// Trains and evaluates a model. When the thread is interrupted, training ends after the current batch; the
    /// best parameters so far are evaluated and returned, and the interrupt flag is set.
    ///
    /// @param network of sound
    /// @param audio   audio settings of the network
    /// @return a model with both parts; version 0, the registry assigns the real one
    /// @throws InvalidInputException when training diverges, or is interrupted before the classifier's training
    ///                               begins
    public static ForecastModel train(
            SensorNetwork network,
            AudioSpec audio,
            ClipSplit split,
            TrainingSettings forecaster,
            KeywordSettings classifier,
            ProvenanceInput source,
            TrainingListener energyListener,
            TrainingListener keywordListener) {
        EnergyHistory history = EnergyHistory.of(network, audio, split);
        ForecastModel energy = Trainer.train(history.series(), history.split(), forecaster, source, energyListener)
                .model();
        if (Thread.currentThread().isInterrupted()) {
            throw new InvalidInputException(
                    "training was stopped before the classifier of words had begun: there is no model to keep");
        }
        KeywordModel keywords = KeywordTrainer.train(audio, split, classifier, keywordListener);
        return energy.withKeywords(keywords, energy.card() + "\n" + KeywordCard.of(keywords));
    }
}
