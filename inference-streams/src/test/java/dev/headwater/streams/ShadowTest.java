package dev.headwater.streams;

import static dev.headwater.streams.StreamFixture.NETWORK;
import static dev.headwater.streams.StreamFixture.SLOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.Forecaster;
import dev.headwater.forecasting.accuracy.AccuracyMerge;
import dev.headwater.forecasting.accuracy.AccuracyReport.Model;
import dev.headwater.forecasting.accuracy.AccuracyReport.Role;
import dev.headwater.forecasting.accuracy.Scored;
import dev.headwater.forecasting.accuracy.Span;
import dev.headwater.forecasting.baseline.Persistence;
import dev.headwater.forecasting.evaluation.HorizonErrors;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import dev.headwater.forecasting.window.WindowBatch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A challenger forecasts beside the model in service.
class ShadowTest {

    private static final int HORIZON = NETWORK.window().horizon();
    private static final int SENSORS = 4;
    private static final int SLOTS = 200;

    @TempDir
    private Path folder;

    /// Forecasts a distance above persistence.
    private static class Raised implements Forecaster {

        private final Persistence persistence = new Persistence(HORIZON, 60);
        private final String name;
        private final float distance;

        Raised(String name, float distance) {
            this.name = name;
            this.distance = distance;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int horizon() {
            return HORIZON;
        }

        @Override
        public void forecast(WindowBatch batch, float[] out) {
            persistence.forecast(batch, out);
            for (int i = 0; i < batch.count() * HORIZON; i++) {
                out[i] += distance;
            }
        }
    }

    private static ServedModel model(Forecaster forecaster, String artefact) {
        return new ServedModel(forecaster, null, SeasonalStates.of(NETWORK), null, artefact);
    }

    /// A model in service and a challenger, which tests may change.
    private static final class Models implements ModelSource {

        private final ServedModel champion;
        private @Nullable ServedModel challenger;
        private int failures;

        Models(ServedModel champion, @Nullable ServedModel challenger) {
            this.champion = champion;
            this.challenger = challenger;
        }

        @Override
        public ServedModel get() {
            return champion;
        }

        @Override
        public @Nullable ServedModel challenger() {
            return challenger;
        }

        @Override
        public void challengerFailed(ServedModel model, RuntimeException cause) {
            failures++;
            challenger = null;
        }
    }

    private final ServedModel low = model(new Raised("low@1", 0), "aa");
    private final ServedModel high = model(new Raised("high@1", 3), "bb");

    private StreamFixture stream(Models models, int batch, String name) {
        return new StreamFixture(StreamFixture.settings(folder.resolve(name), batch), NETWORK, models);
    }

    /// Readings with gaps.
    private static void send(StreamFixture stream, int from, int to) {
        for (int i = from; i < to; i++) {
            Random random = new Random(i);
            for (int s = 0; s < SENSORS; s++) {
                if (random.nextInt(8) > 0) {
                    stream.reading("s" + s, SLOT + i, 30 + random.nextInt(400) / 10f);
                }
            }
        }
        stream.letBatchDelayPass();
        stream.letReportBeMade();
        stream.letReportBeMade();
    }

    private static Optional<Model> figures(StreamFixture stream, Role role) {
        AccuracyMerge merge = new AccuracyMerge();
        stream.accuracy().forEach(merge::take);
        return merge.models().stream().filter(model -> model.role() == role).findFirst();
    }

    private static List<String> described(List<Forecast> forecasts) {
        List<String> all = new ArrayList<>();
        for (Forecast one : forecasts) {
            all.add(one.sensor() + one.issuedAt() + one.model() + Arrays.toString(one.values()));
        }
        return all;
    }

    /// @param batch windows of a batch
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 64})
    void itsFiguresAreThoseThatItWouldHaveInService(int batch) {
        try (StreamFixture both = stream(new Models(low, high), batch, "both");
                StreamFixture alone = stream(new Models(high, null), batch, "alone");
                StreamFixture without = stream(new Models(low, null), batch, "without")) {
            // When
            send(both, 0, SLOTS);
            send(alone, 0, SLOTS);
            send(without, 0, SLOTS);

            // Then
            Model challenger = figures(both, Role.CHALLENGER).orElseThrow();
            Model served = figures(alone, Role.CHAMPION).orElseThrow();
            assertThat(challenger.artefact()).isEqualTo("bb");
            for (Span span : Span.values()) {
                HorizonErrors mine = challenger.spans().get(span).errors(Scored.MODEL);
                HorizonErrors expected = served.spans().get(span).errors(Scored.MODEL);
                for (int step = 0; step < HORIZON; step++) {
                    assertThat(mine.count(step)).isPositive().isEqualTo(expected.count(step));
                    assertThat(mine.mae(step)).isEqualTo(expected.mae(step));
                    assertThat(mine.bias(step)).isEqualTo(expected.bias(step));
                }
            }
            // and what is issued does not change
            assertThat(described(both.forecasts())).isEqualTo(described(without.forecasts()));
        }
    }

    @Test
    void oneThatIsWithdrawnIsAFormerOne() {
        // Given
        Models models = new Models(low, high);
        try (StreamFixture stream = stream(models, 4, "withdrawn")) {
            send(stream, 0, 50);
            long counted = count(figures(stream, Role.CHALLENGER).orElseThrow());

            // When
            models.challenger = null;
            send(stream, 50, 100);

            // Then its figures stay as they were
            Model former = figures(stream, Role.FORMER).orElseThrow();
            assertThat(former.artefact()).isEqualTo("bb");
            assertThat(count(former)).isBetween(counted, counted + SENSORS * HORIZON);
        }
    }

    private static long count(Model model) {
        return model.spans().get(Span.START).errors(Scored.MODEL).count(0);
    }

    @Test
    void oneThatFailsOrForecastsNonsenseIsDroppedAndTheOthersGoOn() {
        ServedModel broken = model(
                new Raised("broken@1", 0) {
                    @Override
                    public void forecast(WindowBatch batch, float[] out) {
                        throw new IllegalStateException("test");
                    }
                },
                "cc");
        ServedModel nonsense = model(new Raised("nonsense@1", Float.NaN), "dd");
        for (ServedModel bad : List.of(broken, nonsense)) {
            // Given
            Models models = new Models(low, bad);
            try (StreamFixture stream = stream(models, 4, bad.id());
                    StreamFixture without = stream(new Models(low, null), 4, "without " + bad.id())) {
                // When
                send(stream, 0, 30);
                send(without, 0, 30);

                // Then
                assertThat(models.failures).isEqualTo(1);
                assertThat(described(stream.forecasts())).isEqualTo(described(without.forecasts()));
                assertThat(figures(stream, Role.CHALLENGER)).isEmpty();
            }
        }
    }
}
