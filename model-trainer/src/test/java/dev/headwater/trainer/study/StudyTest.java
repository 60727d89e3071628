package dev.headwater.trainer.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.ingest.simulator.CitySimulator;
import dev.headwater.trainer.ProvenanceInput;
import dev.headwater.trainer.TrainingListener;
import dev.headwater.trainer.TrainingSettings;
import dev.headwater.trainer.forecast.TrainingResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class StudyTest {

    private static final SensorNetwork CITY = NetworkFile.load("simulated-city");
    private static final TrainingSettings SMALL = TrainingSettings.DEFAULT.with(
            Map.of("hidden", "8", "embedding", "2", "batch", "128", "epochs", "1", "windowsPerEpoch", "500"));

    @Test
    void spreadIsThatOfTheSample() {
        // When
        Spread spread = Spread.of(2, 4, 9);
        // Then
        assertThat(spread.mean()).isEqualTo(5);
        assertThat(spread.sd()).isCloseTo(Math.sqrt((9 + 1 + 16) / 2.0), Offset.offset(1e-12));
        assertThat(spread.min()).isEqualTo(2);
        assertThat(spread.max()).isEqualTo(9);
        assertThat(Spread.of(3).sd()).isZero();
    }

    @Test
    void trainsOncePerSeedAndPicksByValidation() {
        // Given a small history and three seeds
        Series series = new CitySimulator(CITY, 3, 7).history(CITY.clock().slotOf(1_700_000_000_000L), 900);
        // When a model is trained with each
        SeedStudy study = SeedStudy.run(
                series,
                SMALL,
                List.of(5L, 6L, 7L),
                new ProvenanceInput("city", "", "test"),
                seed -> TrainingListener.NONE);
        // Then there is one for each, the best has the lowest validation MAE, and the spread is over all of them
        assertThat(study.results())
                .extracting(result -> result.model().manifest().provenance().seed())
                .containsExactly(5L, 6L, 7L);
        double[] validation =
                study.results().stream().mapToDouble(StudyTest::validation).toArray();
        SeedStudy.Column mean = study.validation().getLast();
        assertThat(mean.mae()).isEqualTo(Spread.of(validation));
        assertThat(validation(study.best())).isEqualTo(mean.mae().min());
        assertThat(study.test())
                .extracting(SeedStudy.Column::lead)
                .containsExactly("15 min", "30 min", "60 min", "mean");
        // and the table has a line for the variant
        AblationStudy table = new AblationStudy(
                "mph", List.of(5L, 6L, 7L), List.of(new AblationStudy.Row("full", study.validation(), study.test())));
        assertThat(table.markdown())
                .contains("seeds 5, 6, 7", "| variant | validation 15 min |")
                .contains("| full | ");
    }

    private static double validation(TrainingResult result) {
        return result.model().metrics().validation().mean().mae();
    }

    @Test
    void ablatesTheGroupsThatANetworkHas() {
        // When variants are made for networks of few inputs and of many
        List<Ablation.Variant> traffic = Ablation.variants(CITY, SMALL);
        SensorNetwork jena = NetworkFile.load("jena");
        List<Ablation.Variant> weather = Ablation.variants(jena, TrainingSettings.DEFAULT.of(jena));
        // Then each has the full model, one without each group, and one with embeddings added or removed
        assertThat(traffic)
                .extracting(Ablation.Variant::name)
                .contains("full", "without calendar", "without embeddings");
        assertThat(traffic).extracting(Ablation.Variant::name).doesNotContain("without vectors");
        assertThat(weather)
                .extracting(Ablation.Variant::name)
                .contains(
                        "full",
                        "without calendar",
                        "without daily cycle",
                        "without vectors",
                        "without scaling by window",
                        "with embeddings");
        // and each is a network that loads, and another one
        for (Ablation.Variant variant : weather) {
            SensorNetwork changed = NetworkFile.load("jena", variant.network());
            assertThat(changed.equals(jena))
                    .as(variant.name())
                    .isEqualTo(variant.network().isEmpty());
        }
    }

    @Test
    void anAblationThatIsInterruptedKeepsTheVariantsThatAreComplete() {
        // Given a small history, and a listener that interrupts during the second variant
        Series series = new CitySimulator(CITY, 2, 7).history(CITY.clock().slotOf(1_700_000_000_000L), 900);
        List<String> runs = new ArrayList<>();
        // When the ablation runs
        AblationStudy study = AblationStudy.run(
                series,
                SMALL,
                List.of(5L),
                new ProvenanceInput("city", "", "test"),
                changes -> NetworkFile.load("simulated-city", changes),
                run -> {
                    runs.add(run);
                    if (runs.size() == 2) {
                        Thread.currentThread().interrupt();
                    }
                    return TrainingListener.NONE;
                });
        // Then the interrupt is kept, and the first variant alone has a row
        assertThat(Thread.interrupted()).isTrue();
        assertThat(runs).containsExactly("full, seed 5", "without calendar, seed 5");
        assertThat(study.rows()).extracting(AblationStudy.Row::variant).containsExactly("full");
        assertThat(study.unit()).isEqualTo("mph");
        assertThat(study.seeds()).containsExactly(5L);
    }

    @Test
    void readsAHistoryUnderAnotherDescription() {
        // Given a history
        Series series = new CitySimulator(CITY, 2, 7).history(5_000, 100);
        // When it is read under other features, then the values are the same
        SensorNetwork plain = NetworkFile.load("simulated-city", Map.of("features.calendar", "[]"));
        Series under = series.under(plain);
        assertThat(under.network()).isEqualTo(plain);
        assertThat(under.target(1, 50)).isEqualTo(series.target(1, 50));
        // When measures differ, then it is refused
        assertThatThrownBy(() -> series.under(NetworkFile.load("jena"))).isInstanceOf(IllegalArgumentException.class);
    }
}
