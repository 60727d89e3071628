package dev.headwater.forecasting.artefact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.forecasting.artefact.ModelManifest.Provenance;
import dev.headwater.forecasting.evaluation.ErrorTable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChampionVerdictTest {

    private static ForecastModel model(double validation, double test, String fingerprint) {
        ForecastModel small = Models.small(1);
        ModelManifest manifest = small.manifest();
        Provenance provenance = new Provenance(
                "history.csv", fingerprint, "2017-01-01", "2017-02-01", 1, Map.of(), "c0ffee", "2017-05-01", "a test");
        return new ForecastModel(
                new ModelManifest(
                        manifest.format(),
                        manifest.name(),
                        7,
                        manifest.network(),
                        manifest.sensors(),
                        manifest.architecture(),
                        manifest.band(),
                        manifest.range(),
                        provenance,
                        Map.of()),
                small.parameters(),
                small.scaler(),
                new ModelMetrics(table(validation), table(test), Map.of()),
                small.seasonalStates(),
                small.samples(),
                "");
    }

    private static ErrorTable table(double mae) {
        return new ErrorTable(List.of(), new ErrorTable.Mean(mae, 0, 0));
    }

    @Test
    void theBetterOnValidationWins() {
        // Given a champion
        ForecastModel champion = model(2, 2, "ab");
        // When challengers are compared with it, then only the validation part decides
        assertThat(ChampionVerdict.of(model(1.9, 3, "ab"), champion).promoted()).isTrue();
        assertThat(ChampionVerdict.of(model(2.1, 1, "ab"), champion).promoted()).isFalse();
        assertThat(ChampionVerdict.of(model(2, 2, "ab"), champion).promoted()).isFalse();
        assertThat(ChampionVerdict.of(model(Double.NaN, 2, "ab"), champion).promoted())
                .isFalse();
        assertThat(ChampionVerdict.of(model(1.9, 3, "ab"), champion).reason())
                .isEqualTo("validation MAE 1.9000, that of seq2seq-gru@7 2.0000");
        // and the first model becomes champion
        assertThat(ChampionVerdict.of(champion, null).promoted()).isTrue();
    }

    @Test
    void figuresOnOtherDataAreNotCompared() {
        // When a far better model was evaluated on other data, or on data without a fingerprint
        ChampionVerdict other = ChampionVerdict.of(model(1, 1, "cd"), model(2, 2, "ab"));
        ChampionVerdict unknown = ChampionVerdict.of(model(1, 1, ""), model(2, 2, ""));
        // Then it is not promoted, and the verdict says why
        assertThat(other.promoted()).isFalse();
        assertThat(other.reason()).isEqualTo("seq2seq-gru@7 was judged on other data: data fingerprint cd, not ab");
        assertThat(unknown.promoted()).isFalse();
    }
}
