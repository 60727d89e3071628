package dev.headwater.trainer.study;

import dev.headwater.forecasting.artefact.ModelMetrics;
import dev.headwater.trainer.forecast.TrainingResult;
import java.util.List;

/// Figures of one training per seed.
///
/// @param runs       in the order they were trained
/// @param validation spread of the validation MAE by lead time
/// @param test       spread of the test MAE by lead time
public record SeedReport(List<Run> runs, List<SeedStudy.Column> validation, List<SeedStudy.Column> test) {

    /// One training.
    ///
    /// @param seed       of all random numbers
    /// @param epochs     epochs begun
    /// @param bestEpoch  the epoch whose parameters were kept
    /// @param seconds    wall clock, evaluation included
    /// @param validation mean MAE on the validation part
    /// @param test       mean MAE on the test part
    public record Run(long seed, int epochs, int bestEpoch, double seconds, double validation, double test) {

        private static Run of(TrainingResult result) {
            ModelMetrics metrics = result.model().metrics();
            return new Run(
                    result.model().manifest().provenance().seed(),
                    result.epochs(),
                    result.bestEpoch(),
                    result.seconds(),
                    metrics.validation().mean().mae(),
                    metrics.test().mean().mae());
        }
    }

    static SeedReport of(SeedStudy study) {
        return new SeedReport(study.results().stream().map(Run::of).toList(), study.validation(), study.test());
    }
}
