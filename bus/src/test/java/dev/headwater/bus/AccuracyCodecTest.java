package dev.headwater.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.forecasting.accuracy.AccuracyMerge;
import dev.headwater.forecasting.accuracy.AccuracyReport;
import dev.headwater.forecasting.accuracy.AccuracyReport.Role;
import dev.headwater.forecasting.accuracy.AccuracySums;
import dev.headwater.forecasting.accuracy.Scored;
import dev.headwater.forecasting.accuracy.Span;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccuracyCodecTest {

    private static final int HORIZON = 12;
    private final AccuracyCodec codec = new AccuracyCodec();

    /// Steps with zeros, gaps of the baselines, and intervals of some forecasts only.
    private static AccuracySums sums(long seed, int steps, List<Double> levels) {
        Random random = new Random(seed);
        AccuracySums sums = new AccuracySums(HORIZON, levels);
        for (int i = 0; i < steps; i++) {
            int step = random.nextInt(HORIZON - 1); // the last one has none
            float forecast = 60 + 10 * (float) random.nextGaussian();
            float truth = random.nextInt(9) == 0 ? 0 : forecast + (float) random.nextGaussian();
            sums.add(step, forecast, random.nextInt(5) == 0 ? Float.NaN : forecast + 2, Float.NaN, truth);
            for (int level = 0; level < levels.size() && i % 3 > 0; level++) {
                sums.intervals().add(level, step, forecast - 1 - level, forecast + 1 + level, truth);
            }
        }
        return sums;
    }

    private static AccuracyReport report(int partition, long time, String model, Role role, AccuracySums sums) {
        Map<Span, AccuracySums> spans = new EnumMap<>(Span.class);
        for (Span span : Span.values()) {
            spans.put(span, sums);
        }
        return new AccuracyReport(
                "pems-bay", partition, time, List.of(new AccuracyReport.Model(model, "0123456789ab", role, spans)));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "2, 5000"})
    void whatWasWrittenIsReadBack(long seed, int steps) {
        // Given
        AccuracySums sums = sums(seed, steps, List.of(0.8, 0.95));
        AccuracyReport report = report(3, 1_495_695_600_000L, "seq2seq-gru@3", Role.CHALLENGER, sums);

        // When
        byte[] json = codec.encode(report);
        AccuracyReport read = codec.decode(json);

        // Then
        AccuracyReport.Model model = read.models().getFirst();
        assertThat(read.network()).isEqualTo("pems-bay");
        assertThat(read.partition()).isEqualTo(3);
        assertThat(read.time()).isEqualTo(1_495_695_600_000L);
        assertThat(model.isSame(report.models().getFirst())).isTrue();
        assertThat(model.role()).isEqualTo(Role.CHALLENGER);
        assertThat(model.spans()).containsOnlyKeys(Span.values());
        for (int step = 0; step < HORIZON - 1 && steps > 100; step++) {
            AccuracySums start = model.spans().get(Span.START);
            AccuracySums day = model.spans().get(Span.DAY);
            for (Scored whose : Scored.values()) {
                assertThat(start.errors(whose).count(step))
                        .isEqualTo(sums.errors(whose).count(step));
                assertThat(start.errors(whose).nonZero(step))
                        .isEqualTo(sums.errors(whose).nonZero(step));
                assertThat(start.errors(whose).mae(step))
                        .isCloseTo(sums.errors(whose).mae(step), within(1e-6));
                assertThat(start.errors(whose).rmse(step))
                        .isCloseTo(sums.errors(whose).rmse(step), within(1e-4));
                assertThat(day.errors(whose).bias(step))
                        .isCloseTo(sums.errors(whose).bias(step), within(1e-3));
            }
            assertThat(start.intervals().count(1, step))
                    .isEqualTo(sums.intervals().count(1, step));
            assertThat(start.intervals().winkler(1, step))
                    .isCloseTo(sums.intervals().winkler(1, step), within(1e-4));
            assertThat(day.intervals().coverage(0, step))
                    .isCloseTo(sums.intervals().coverage(0, step), within(1e-4));
        }
        assertThat(json.length).isLessThan(12_000);
    }

    @Test
    void theNewestRecordsOfAllPartitionsAddUp() {
        // Given
        AccuracySums left = sums(3, 400, List.of(0.8));
        AccuracySums right = sums(4, 900, List.of(0.8));
        AccuracyMerge merge = new AccuracyMerge();

        // When
        merge.take(report(0, 5, "m@1", Role.CHAMPION, sums(5, 10, List.of(0.8))));
        merge.take(codec.decode(codec.encode(report(0, 7, "m@1", Role.CHAMPION, left))));
        merge.take(codec.decode(codec.encode(report(1, 8, "m@1", Role.CHAMPION, right))));
        merge.take(report(0, 6, "m@1", Role.CHAMPION, sums(6, 10, List.of(0.8))));

        // Then
        AccuracySums both = sums(3, 400, List.of(0.8));
        both.addAll(right.array());
        AccuracySums merged = merge.champion().orElseThrow().spans().get(Span.START);
        assertThat(merge.time()).contains(7L);
        assertThat(merge.models()).hasSize(1);
        for (int step = 0; step < HORIZON - 1; step++) {
            for (Scored whose : Scored.values()) {
                assertThat(merged.errors(whose).count(step))
                        .isEqualTo(both.errors(whose).count(step));
                assertThat(merged.errors(whose).rmse(step))
                        .isCloseTo(both.errors(whose).rmse(step), within(1e-4));
                assertThat(merged.errors(whose).mape(step))
                        .isCloseTo(both.errors(whose).mape(step), within(1e-4));
            }
            assertThat(merged.intervals().width(0, step))
                    .isCloseTo(both.intervals().width(0, step), within(1e-4));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"network\":\"n\",\"partition\":-1,\"time\":\"2017-05-25T07:00:00Z\",\"models\":[]}",
                "{\"network\":\"n\",\"partition\":0,\"time\":\"yesterday\",\"models\":[]}",
                "{\"network\":\"n\",\"partition\":0,\"time\":\"2017-05-25T07:00:00Z\"}",
                "{\"network\":\"n\",\"partition\":0,\"time\":\"2017-05-25T07:00:00Z\",\"models\":[{\"model\":\"m\"}]}"
            })
    void whatIsNoRecordIsRefusedInOneLine(String json) {
        assertThatThrownBy(() -> codec.decode(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(BadAccuracyException.class)
                .message()
                .isNotBlank()
                .doesNotContain("\n");
    }

    @Test
    void anythingThatIsNoRecordIsRefusedAndNothingElseThrown() {
        // Given
        byte[] good = codec.encode(report(3, 0, "m@1", Role.CHAMPION, sums(1, 50, List.of(0.8, 0.95))));
        Random random = new Random(11);

        // When / Then
        for (int i = 0; i < 2_000; i++) {
            byte[] bad = good.clone();
            for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(codec.decode(bad).models()).hasSizeLessThan(2);
            } catch (BadAccuracyException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }

    static AccuracyReport example() {
        return report(0, -1, "m@1", Role.FORMER, sums(2, 100, List.of(0.5)));
    }
}
