package dev.headwater.forecasting.accuracy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.forecasting.accuracy.ModelAccuracy.Part;
import dev.headwater.forecasting.evaluation.HorizonErrors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Rolling sums against a list of all scored steps.
class ModelAccuracyTest {

    private static final int HORIZON = 3;
    private static final List<Double> LEVELS = List.of(0.8, 0.95);
    private static final int STEPS = 6_000;

    private record Step(long slot, int step, float forecast, float last, float yesterday, float truth) {}

    private record Stored(long number, double[] sums) {}

    /// Mostly the newest slots, at times one of long ago or a jump ahead.
    private static List<Step> steps(long seed, int perDay) {
        Random random = new Random(seed);
        List<Step> steps = new ArrayList<>();
        long newest = -20;
        for (int i = 0; i < STEPS; i++) {
            newest += switch (random.nextInt(200)) {
                case 0 -> random.nextInt(3 * perDay);
                case 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 -> 1;
                default -> random.nextInt(8) == 0 ? 1 : 0;
            };
            long back = random.nextInt(30) == 0 ? random.nextInt(9 * perDay) : random.nextInt(4);
            steps.add(new Step(
                    newest - back,
                    random.nextInt(HORIZON),
                    random.nextInt(100) / 2f,
                    random.nextInt(6) == 0 ? Float.NaN : random.nextInt(100) / 2f,
                    random.nextInt(3) == 0 ? Float.NaN : random.nextInt(100) / 2f,
                    random.nextInt(40) / 2f));
        }
        return steps;
    }

    private static void add(AccuracySums sums, Step step) {
        sums.add(step.step, step.forecast, step.last, step.yesterday, step.truth);
        for (int level = 0; level < LEVELS.size(); level++) {
            sums.intervals()
                    .add(level, step.step, step.forecast - 4 - level, step.forecast + 3 + 2 * level, step.truth);
        }
    }

    private static long first(Span span, long newest, SpanBuckets buckets) {
        long bucket = buckets.bucket(newest);
        return switch (span) {
            case START -> Long.MIN_VALUE;
            case HOUR -> (bucket - buckets.hour() + 1) * buckets.slots();
            case DAY -> (buckets.hour(bucket) - buckets.day() + 1) * buckets.hour() * buckets.slots();
            case WEEK -> (buckets.hour(bucket) - buckets.week() + 1) * buckets.hour() * buckets.slots();
        };
    }

    private static AccuracySums plain(List<Step> steps, long first) {
        AccuracySums sums = new AccuracySums(HORIZON, LEVELS);
        steps.stream().filter(step -> step.slot >= first).forEach(step -> add(sums, step));
        return sums;
    }

    @ParameterizedTest
    @CsvSource({"1, PT1M", "2, PT5M", "3, PT7M", "4, PT1H", "5, PT24H"})
    void everyStepCountsOnceInEachSpanThatReachesItAlsoAfterARestart(long seed, Duration interval) {
        // Given
        SpanBuckets buckets = SpanBuckets.of(interval);
        int perDay = (int) Duration.ofDays(1).dividedBy(interval);
        Map<String, Stored> stored = new HashMap<>();
        ModelAccuracy accuracy = new ModelAccuracy(buckets, HORIZON, LEVELS);
        List<Step> steps = steps(seed, perDay);
        Random random = new Random(seed);
        long newest = Long.MIN_VALUE;

        for (int i = 0; i < STEPS; i++) {
            // When
            Step step = steps.get(i);
            newest = Math.max(newest, step.slot);
            add(accuracy.at(step.slot), step);
            if (random.nextInt(50) == 0) {
                store(accuracy, stored);
            }
            if (random.nextInt(500) == 0) {
                store(accuracy, stored);
                accuracy = restored(buckets, stored, newest);
            }

            // Then
            if (random.nextInt(300) == 0 || i == STEPS - 1) {
                for (Span span : Span.values()) {
                    assertThat(accuracy.sums(span).array())
                            .as("%s after %d steps", span, i)
                            .containsExactly(
                                    plain(steps.subList(0, i + 1), first(span, newest, buckets))
                                            .array(),
                                    within(1e-6));
                }
            }
        }
    }

    private static void store(ModelAccuracy accuracy, Map<String, Stored> stored) {
        accuracy.takeChanges((part, place, number, sums) -> {
            if (sums == null) {
                stored.remove(part + " " + place);
            } else {
                stored.put(part + " " + place, new Stored(number, sums.clone()));
            }
        });
    }

    private static ModelAccuracy restored(SpanBuckets buckets, Map<String, Stored> stored, long newest) {
        ModelAccuracy restored = new ModelAccuracy(buckets, HORIZON, LEVELS);
        stored.forEach((key, value) -> restored.restore(
                Part.valueOf(key.split(" ")[0]),
                Integer.parseInt(key.split(" ")[1]),
                value.number,
                value.sums.clone()));
        restored.advance(newest);
        return restored;
    }

    @ParameterizedTest
    @CsvSource({
        "PT1M, 5, 12, 24",
        "PT5M, 1, 12, 24",
        "PT10M, 1, 6, 24",
        "PT1H, 1, 1, 24",
        "PT24H, 1, 1, 1",
        "PT0.02S, 15000, 12, 24"
    })
    void bucketsAreFiveMinutesAndAnHourWhereSlotsAllowIt(Duration interval, int slots, int hour, int day) {
        assertThat(SpanBuckets.of(interval)).isEqualTo(new SpanBuckets(slots, hour, day));
    }

    @ParameterizedTest
    @CsvSource({"7"})
    void figuresThatWerePutAddUpLikeTheSumsTheyCameFrom(long seed) {
        // Given
        AccuracySums sums = plain(steps(seed, 288), Long.MIN_VALUE);
        AccuracySums copy = new AccuracySums(HORIZON, LEVELS);

        // When
        for (int step = 0; step < HORIZON; step++) {
            for (Scored whose : Scored.values()) {
                HorizonErrors from = sums.errors(whose);
                copy.errors(whose)
                        .put(
                                step,
                                from.count(step),
                                from.nonZero(step),
                                from.mae(step),
                                from.rmse(step),
                                from.mape(step),
                                from.bias(step));
            }
            for (int level = 0; level < LEVELS.size(); level++) {
                IntervalSums from = sums.intervals();
                copy.intervals()
                        .put(
                                level,
                                step,
                                from.count(level, step),
                                from.coverage(level, step),
                                from.width(level, step),
                                from.winkler(level, step));
            }
        }

        // Then
        assertThat(copy.array()).containsExactly(sums.array(), within(1e-6));
    }
}
