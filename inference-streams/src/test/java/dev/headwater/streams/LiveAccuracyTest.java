package dev.headwater.streams;

import static dev.headwater.streams.StreamFixture.NETWORK;
import static dev.headwater.streams.StreamFixture.SLOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.accuracy.AccuracyMerge;
import dev.headwater.forecasting.accuracy.AccuracyReport;
import dev.headwater.forecasting.accuracy.AccuracySums;
import dev.headwater.forecasting.accuracy.Scored;
import dev.headwater.forecasting.accuracy.Span;
import dev.headwater.forecasting.evaluation.HorizonErrors;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the topic of live accuracy says, against the forecasts and readings that went through the stream.
class LiveAccuracyTest {

    private static final int HORIZON = NETWORK.window().horizon();
    private static final int SENSORS = 5;
    private static final int SLOTS = 300;
    private static final int LAST = SLOTS + 5;

    @TempDir
    private Path stateDir;

    private StreamFixture stream;

    @AfterEach
    void close() {
        stream.close();
    }

    private static AccuracySums start(List<AccuracyReport> reports) {
        AccuracyMerge merge = new AccuracyMerge();
        reports.forEach(merge::take);
        return merge.champion().orElseThrow().spans().get(Span.START);
    }

    /// Readings with gaps, missing values and, if wanted, late ones.
    private Map<String, Float> send(Random random, boolean late) {
        Map<String, Float> truths = new HashMap<>(); // by sensor and slot
        for (int i = 0; i < SLOTS; i++) {
            for (int s = 0; s < SENSORS; s++) {
                String sensor = "s" + s;
                long slot = SLOT + i;
                switch (random.nextInt(10)) {
                    case 0 -> {} // none comes
                    case 1 -> stream.reading(sensor, slot, Float.NaN);
                    case 2 -> {
                        if (late) {
                            put(truths, random, sensor, slot + 1); // before the one that is due
                        }
                        put(truths, random, sensor, slot);
                    }
                    default -> put(truths, random, sensor, slot);
                }
            }
        }
        for (int i = SLOTS + 1; i <= LAST; i++) { // so that nothing is left undecided
            for (int s = 0; s < SENSORS; s++) {
                put(truths, random, "s" + s, SLOT + i);
            }
        }
        stream.letBatchDelayPass();
        stream.letReportBeMade();
        stream.letReportBeMade();
        return truths;
    }

    private void put(Map<String, Float> truths, Random random, String sensor, long slot) {
        if (!truths.containsKey(sensor + " " + slot)) {
            float value = 30 + random.nextInt(400) / 10f;
            truths.put(sensor + " " + slot, value);
            stream.reading(sensor, slot, value);
        }
    }

    /// @param batch windows of a batch: with one, a forecast is compared as soon as its truth comes
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 4", "3, 64"})
    void everyStepWithATruthIsCountedOnceWhateverTheBatches(long seed, int batch) {
        // Given
        stream = new StreamFixture(stateDir, batch);

        // When
        Map<String, Float> truths = send(new Random(seed), false);

        // Then
        HorizonErrors expected = new HorizonErrors(HORIZON);
        int missing = 0;
        for (Step step : decided()) {
            Float truth = truths.get(step.sensor + " " + step.target);
            expected.add(step.step, step.forecast, truth == null ? Float.NaN : truth);
            missing += truth == null ? 1 : 0;
        }
        AccuracySums counted = start(stream.accuracy());
        for (int step = 0; step < HORIZON; step++) {
            assertThat(counted.errors(Scored.MODEL).count(step)).isEqualTo(expected.count(step));
            assertThat(counted.errors(Scored.MODEL).mae(step)).isCloseTo(expected.mae(step), within(1e-3));
            // the model of this stream is persistence
            assertThat(counted.errors(Scored.PERSISTENCE).rmse(step)).isCloseTo(expected.rmse(step), within(1e-3));
            assertThat(counted.errors(Scored.YESTERDAY).bias(step)).isCloseTo(expected.bias(step), within(1e-3));
        }
        assertThat(unscored("no-truth")).isEqualTo(missing);
        assertThat(unscored("model")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"4, 1", "5, 16"})
    void aLateTruthIsCountedWhileItsForecastIsKeptAndElseCountedAsMissing(long seed, int batch) {
        // Given
        stream = new StreamFixture(stateDir, batch);

        // When
        send(new Random(seed), true);

        // Then each step has one of both
        AccuracySums counted = start(stream.accuracy());
        long all = counted.errors(Scored.MODEL).count(0)
                + counted.errors(Scored.MODEL).count(1);
        assertThat(all + unscored("no-truth")).isEqualTo(decided().size());
        assertThat(unscored("no-truth")).isPositive();
    }

    private record Step(String sensor, long target, int step, float forecast) {}

    /// The steps of all forecasts until the last slot.
    private List<Step> decided() {
        List<Step> steps = new ArrayList<>();
        for (Forecast forecast : stream.forecasts()) {
            long issued = NETWORK.clock().slotOf(forecast.issuedAt());
            for (int step = 0; !forecast.abstained() && step < HORIZON; step++) {
                if (issued + step + 1 <= SLOT + LAST) {
                    steps.add(new Step(forecast.sensor(), issued + step + 1, step, forecast.values()[step]));
                }
            }
        }
        return steps;
    }

    private double unscored(String reason) {
        return stream.registry()
                .get("headwater.scoring.unscored")
                .tag("reason", reason)
                .counter()
                .count();
    }

    @Test
    void thereIsARecordForEachSlotThatHoldsWhatIsKnownOfIt() {
        // Given
        stream = new StreamFixture(stateDir, 1);

        // When
        for (int i = 0; i < 8; i++) {
            stream.reading("a", SLOT + i, 50 + i);
            stream.reading("b", SLOT + i, 20);
        }

        // Then the first forecasts are at slot 2, their first truths at slot 3; slot 7 may not be complete
        List<AccuracyReport> reports = stream.accuracy();
        assertThat(reports)
                .extracting(AccuracyReport::time)
                .containsExactly(
                        StreamFixture.time(SLOT + 4),
                        StreamFixture.time(SLOT + 5),
                        StreamFixture.time(SLOT + 6),
                        StreamFixture.time(SLOT + 7));
        List<Long> counts = new ArrayList<>();
        reports.forEach(
                report -> counts.add(start(List.of(report)).errors(Scored.MODEL).count(1)));
        assertThat(counts).containsExactly(0L, 2L, 4L, 6L);
        assertThat(start(reports).errors(Scored.MODEL).mae(1)).isEqualTo(1);
    }

    @Test
    void theLastSlotIsPublishedWhenNoMoreTruthsCome() {
        // Given
        stream = new StreamFixture(stateDir, 1);
        for (int i = 0; i < 5; i++) {
            stream.reading("a", SLOT + i, 50 + i);
        }
        stream.accuracy();

        // When
        stream.letReportBeMade();
        stream.letReportBeMade();
        List<AccuracyReport> last = stream.accuracy();
        stream.pass(Duration.ofMinutes(5));

        // Then once
        assertThat(last).extracting(AccuracyReport::time).containsExactly(StreamFixture.time(SLOT + 5));
        assertThat(stream.accuracy()).isEmpty();
    }

    @Test
    void theGaugesSayTheSame() {
        // Given
        stream = new StreamFixture(stateDir, 1);
        assertThat(gauge("1", "1h")).isNaN();

        // When
        for (int i = 0; i < 9; i++) {
            stream.reading("a", SLOT + i, 50 + 3 * i);
        }
        stream.letReportBeMade();

        // Then
        assertThat(gauge("1", "1h")).isEqualTo(3);
        assertThat(gauge("2", "start")).isEqualTo(6);
    }

    private double gauge(String lead, String span) {
        return stream.registry()
                .get("headwater.accuracy.mae")
                .tag("lead", lead)
                .tag("span", span)
                .tag("baseline", "model")
                .gauge()
                .value();
    }
}
