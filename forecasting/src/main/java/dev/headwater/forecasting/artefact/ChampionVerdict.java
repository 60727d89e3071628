package dev.headwater.forecasting.artefact;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether a model replaces the champion. Only errors on the same data are comparable, and only those on the
/// validation part may decide, since the test part must stay unseen.
///
/// @param promoted whether the model becomes the champion
/// @param reason   why, or why not
public record ChampionVerdict(boolean promoted, String reason) {

    /// @param champion null when there is none yet
    public static ChampionVerdict of(ForecastModel challenger, @Nullable ForecastModel champion) {
        if (champion == null) {
            return new ChampionVerdict(true, "the first champion");
        }
        Optional<String> difference = JudgedOn.of(challenger).differenceFrom(JudgedOn.of(champion));
        String other = champion.manifest().id();
        if (difference.isPresent()) {
            return new ChampionVerdict(false, other + " was judged on other data: " + difference.get());
        }
        double mine = challenger.metrics().validation().mean().mae();
        double theirs = champion.metrics().validation().mean().mae();
        String figures = String.format(Locale.ROOT, "validation MAE %.4f, that of %s %.4f", mine, other, theirs);
        return new ChampionVerdict(mine < theirs, figures);
    }
}
