package dev.headwater.streams.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.forecasting.accuracy.AccuracyReport;
import dev.headwater.forecasting.accuracy.AccuracyReport.Role;
import dev.headwater.forecasting.accuracy.AccuracySums;
import dev.headwater.forecasting.accuracy.Scored;
import dev.headwater.forecasting.accuracy.Span;
import dev.headwater.forecasting.network.NetworkBuilder;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.WindowSpec;
import dev.headwater.forecasting.truth.PendingForecasts;
import dev.headwater.forecasting.truth.PendingLayout;
import dev.headwater.forecasting.truth.Settled;
import dev.headwater.forecasting.truth.SettledStep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TaskAccuracyTest {

    private static final SensorNetwork TOWN =
            new NetworkBuilder("town").window(new WindowSpec(3, 2)).build();
    private static final long FIRST = 1_000;

    /// One sensor whose forecasts are off by 1 and 2, and its truths.
    private final PendingForecasts pending = new PendingForecasts(new PendingLayout(TOWN));

    private final Map<String, byte[]> changelog = new TreeMap<>();

    private void put(byte[] key, byte @Nullable [] value) {
        String hex = HexFormat.of().formatHex(key);
        if (value == null) {
            changelog.remove(hex);
        } else {
            changelog.put(hex, value);
        }
    }

    /// Forecasts at a slot, and compares what was forecast for it.
    ///
    /// @return steps whose model is not known
    private int slot(TaskAccuracy accuracy, long slot, String model) {
        List<Short> unknown = new ArrayList<>();
        pending.settle(slot, target -> 50, new Settled() {
            @Override
            public void settled(SettledStep step) {
                if (!accuracy.add(step, Float.NaN)) {
                    unknown.add(step.model());
                }
            }

            @Override
            public void missing(short tag, long target, int step) {}
        });
        float[] offsets = new float[8]; // [horizon][level][lower, upper]
        Arrays.fill(offsets, Float.NaN);
        pending.issue(slot, accuracy.tag(model, "", Role.CHAMPION), 53, new float[] {51, 52}, 0, offsets);
        return unknown.size();
    }

    private static AccuracySums start(AccuracyReport.Model model) {
        return model.spans().get(Span.START);
    }

    @Test
    void theFiguresOfAModelAreItsOwnAlsoAfterItWasReplaced() {
        // Given
        TaskAccuracy accuracy = new TaskAccuracy(TOWN);

        // When
        for (int slot = 0; slot < 10; slot++) {
            slot(accuracy, FIRST + slot, slot < 6 ? "old@1" : "new@2");
        }

        // Then each model has the steps of its own forecasts
        AccuracyReport report = accuracy.report(3);
        assertThat(report.time()).isEqualTo(TOWN.clock().startMillis(FIRST + 10));
        assertThat(report.partition()).isEqualTo(3);
        assertThat(report.models()).extracting(AccuracyReport.Model::model).containsExactly("new@2", "old@1");
        assertThat(report.models()).extracting(AccuracyReport.Model::role).containsExactly(Role.CHAMPION, Role.FORMER);
        AccuracySums now = start(report.models().getFirst());
        AccuracySums before = start(report.models().getLast());
        assertThat(now.errors(Scored.MODEL).count(0)).isEqualTo(3);
        assertThat(now.errors(Scored.MODEL).count(1)).isEqualTo(2);
        assertThat(before.errors(Scored.MODEL).count(0)).isEqualTo(6);
        assertThat(before.errors(Scored.MODEL).count(1)).isEqualTo(6);
        assertThat(before.errors(Scored.MODEL).mae(1)).isCloseTo(2, within(1e-4)); // rounded when kept
        assertThat(before.errors(Scored.PERSISTENCE).bias(1)).isEqualTo(3);
        assertThat(before.errors(Scored.YESTERDAY).bias(0)).isEqualTo(3);
    }

    @Test
    void stepsOfAModelThatIsForgottenAreNotCounted() {
        // Given
        TaskAccuracy accuracy = new TaskAccuracy(TOWN);
        accuracy.tag("champion@0", "", Role.CHAMPION);

        // When as many models forecast as are kept, and one more, within the time of a forecast
        pending.settle(FIRST, target -> Float.NaN, IGNORED);
        short first = accuracy.tag("challenger@0", "", Role.CHALLENGER);
        for (int model = 1; model < TaskAccuracy.MAX_MODELS; model++) {
            accuracy.tag("challenger@" + model, "", Role.CHALLENGER);
        }
        float[] offsets = new float[8];
        pending.issue(FIRST, first, 53, new float[] {51, 52}, 0, offsets);

        // Then the champion stays, and the forecast of the first challenger has no place
        assertThat(slot(accuracy, FIRST + 1, "champion@0")).isEqualTo(1);
        assertThat(accuracy.newest()).isEqualTo(Long.MIN_VALUE);
    }

    private static final Settled IGNORED = new Settled() {
        @Override
        public void settled(SettledStep step) {}

        @Override
        public void missing(short tag, long target, int step) {}
    };

    @Test
    void whatWasStoredGivesTheSameFiguresHoweverOftenTheTaskMoves() {
        // Given
        Random random = new Random(5);
        TaskAccuracy active = new TaskAccuracy(TOWN);
        TaskAccuracy standby = new TaskAccuracy(TOWN);
        long slot = FIRST;

        for (int commit = 0; commit < 300; commit++) {
            // When
            for (int i = random.nextInt(1, 4); i > 0; i--) {
                slot += random.nextInt(30) == 0 ? random.nextInt(3_000) : 1;
                slot(active, slot, "m@" + slot / 2_000);
            }
            TaskAccuracy receiver = standby;
            active.takeChanges((key, value) -> {
                receiver.restore(key, value);
                put(key, value);
            });
            if (random.nextInt(4) == 0) {
                standby.begin();
                TaskAccuracy before = active;
                active = standby;
                standby = before;
            }

            // Then a task that restores all has the same figures
            if (commit % 50 == 49) {
                TaskAccuracy restored = new TaskAccuracy(TOWN);
                changelog.forEach(
                        (key, value) -> restored.restore(HexFormat.of().parseHex(key), value));
                restored.begin();
                assertThat(text(restored)).as("commit %d", commit).isEqualTo(text(active));
            }
        }
    }

    private static String text(TaskAccuracy accuracy) {
        StringBuilder text = new StringBuilder();
        AccuracyReport report = accuracy.report(0);
        text.append(report.time());
        report.models()
                .forEach(model -> model.spans()
                        .forEach((span, sums) -> text.append(model.model())
                                .append(model.role())
                                .append(span)
                                .append(Arrays.toString(sums.array()))));
        return text.toString();
    }
}
