package dev.headwater.streams;

import static dev.headwater.streams.StreamFixture.NETWORK;
import static dev.headwater.streams.StreamFixture.SLOT;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.Forecaster;
import dev.headwater.forecasting.interval.IntervalTable;
import dev.headwater.forecasting.interval.Levels;
import dev.headwater.forecasting.interval.ResidualBand;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import dev.headwater.forecasting.window.History;
import dev.headwater.forecasting.window.SensorWindow;
import dev.headwater.forecasting.window.WindowBatch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Batches with a model that passed all checks, but fails or gives values that are not finite.
class MicroBatchTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final StreamMetrics metrics = new StreamMetrics(registry, NETWORK.name());
    private final ModelMetrics models = new ModelMetrics(registry, NETWORK.name());
    private final List<Forecast> issued = new ArrayList<>();

    /// Gives one value for all steps.
    private record Constant(String name, float value) implements Forecaster {

        @Override
        public int horizon() {
            return NETWORK.window().horizon();
        }

        @Override
        public void forecast(WindowBatch batch, float[] out) {
            Arrays.fill(out, value);
        }
    }

    private static ServedModel served(String name, float value, @Nullable ResidualBand band) {
        IntervalTable table = band == null ? null : IntervalTable.of(band, Levels.DEFAULT);
        return new ServedModel(new Constant(name, value), table, SeasonalStates.of(NETWORK));
    }

    private record Failing(String name) implements Forecaster {

        @Override
        public int horizon() {
            return NETWORK.window().horizon();
        }

        @Override
        public void forecast(WindowBatch batch, float[] out) {
            throw new IllegalStateException("no forecast");
        }
    }

    private static ServedModel failing(String name) {
        return new ServedModel(new Failing(name), null, SeasonalStates.of(NETWORK));
    }

    private void forecast(ModelSource source) {
        MicroBatch batch = new MicroBatch(
                NETWORK,
                source,
                8,
                History.NONE,
                PlainIntervals.of(NETWORK),
                metrics,
                (forecast, slot) -> issued.add(forecast));
        SensorWindow full = new SensorWindow(1, 3);
        for (int slot = 0; slot < 3; slot++) {
            full.add(SLOT + slot, new float[] {50});
        }
        SensorWindow empty = new SensorWindow(1, 3);
        empty.add(SLOT + 2, new float[] {50});
        batch.add("full", full, SLOT + 2);
        batch.add("empty", empty, SLOT + 2);
        batch.flush();
    }

    private double abstained(String reason) {
        return registry.get("headwater.forecasts.abstained")
                .tag("reason", reason)
                .counter()
                .count();
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void whatIsNoNumberIsNeverIssued(float value) {
        // Given
        ServedModel model = served("wild@1", value, null);

        // When
        forecast(() -> model);

        // Then
        assertThat(issued).hasSize(2).allMatch(Forecast::abstained);
        assertThat(abstained("not-finite")).isEqualTo(1);
        assertThat(abstained("gaps")).isEqualTo(1);
        assertThat(abstained("failed")).isZero();
    }

    @Test
    void boundsThatAreNoNumbersAreNotIssuedEither() {
        // Given
        ResidualBand wild = new ResidualBand(0.8, new float[2], new float[] {1, Float.POSITIVE_INFINITY});
        ServedModel model = served("wild@1", 50, wild);

        // When
        forecast(() -> model);

        // Then
        assertThat(issued).hasSize(2).allMatch(Forecast::abstained);
        assertThat(abstained("not-finite")).isEqualTo(1);
    }

    @Test
    void theModelBeforeTakesOverWithinTheBatch() {
        // Given
        ActiveModel active = new ActiveModel(NETWORK, served("good@1", 50, null), models);
        String name = NETWORK.name();
        active.offer(requireNonNull(Artefacts.arrival(name, name, 0, Artefacts.of(NETWORK, 2, 2))));
        active.choose();
        ServedModel broken = failing("broken@2");
        ModelSource source = new ModelSource() {
            private boolean gone;

            @Override
            public ServedModel get() {
                return gone ? active.get() : broken;
            }

            @Override
            public void failed(ServedModel model, RuntimeException cause) {
                gone = true;
            }
        };

        // When
        forecast(source);

        // Then
        assertThat(issued).extracting(Forecast::model).containsOnly("seq2seq-gru@2");
        assertThat(issued.getFirst().abstained()).isFalse();
        assertThat(abstained("failed")).isZero();
    }

    @Test
    void withoutAModelBeforeTheBatchAbstainsAndTheStreamGoesOn() {
        // Given
        ActiveModel active = new ActiveModel(NETWORK, failing("broken@1"), models);

        // When
        forecast(active);
        forecast(active);

        // Then
        assertThat(issued).hasSize(4).allMatch(Forecast::abstained);
        assertThat(issued).extracting(Forecast::model).containsOnly("broken@1");
        assertThat(abstained("failed")).isEqualTo(2);
        assertThat(abstained("gaps")).isEqualTo(2);
        assertThat(registry.get("headwater.models.failed").counter().count()).isEqualTo(2);
    }
}
