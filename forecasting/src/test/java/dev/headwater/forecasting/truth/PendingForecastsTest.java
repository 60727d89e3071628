package dev.headwater.forecasting.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.forecasting.interval.Levels;
import dev.headwater.forecasting.network.WindowSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PendingForecastsTest {

    private static final Levels LEVELS = Levels.DEFAULT;

    /// Forecasts as they were issued, by slot; compares each settled step with them.
    private static final class Told implements Settled {

        private record Issued(float last, float[] values, float[] bounds, float unit) {}

        private final Map<Long, Issued> issued = new HashMap<>();
        private final List<PlainPending.Step> steps = new ArrayList<>();
        private final List<PlainPending.Step> missing = new ArrayList<>();
        private final WindowSpec window;

        Told(WindowSpec window) {
            this.window = window;
        }

        @Override
        public void settled(SettledStep step) {
            steps.add(new PlainPending.Step(step.model(), step.issuedAt(), step.target(), step.step(), step.truth()));
            Issued as = issued.get(step.issuedAt());
            float rounding = as.unit / 65_000 + Math.abs(as.values[step.step()]) * 1e-6f;
            assertNear(step.last(), as.last, 0);
            assertNear(step.forecast(), as.values[step.step()], rounding);
            for (int level = 0; level < LEVELS.count(); level++) {
                int at = step.step() * LEVELS.bounds() + 2 * level;
                assertNear(step.lower(level), as.bounds[at], rounding);
                assertNear(step.upper(level), as.bounds[at + 1], rounding);
            }
        }

        private static void assertNear(float actual, float expected, float rounding) {
            if (Float.isNaN(expected)) {
                assertThat(actual).isNaN();
            } else {
                assertThat(actual).isEqualTo(expected, within(rounding));
            }
        }

        @Override
        public void missing(short model, long target, int step) {
            missing.add(new PlainPending.Step(model, target - window.lead(step + 1), target, step, Float.NaN));
        }
    }

    /// A random run with gaps, late truths, repeated slots, older slots, jumps and restarts.
    private static final class Run {
        private final Random random;
        private final WindowSpec window;
        private final int rows;
        private final PendingLayout layout;
        private final PendingForecasts pending;
        private final PlainPending plain;
        private final Told told;
        private final Map<Long, Float> truths = new HashMap<>();
        private byte[] bytes;
        private byte[] stored;
        private long newest;

        Run(WindowSpec window, int seed) {
            this.random = new Random(seed);
            this.window = window;
            this.rows = window.lead(window.horizon());
            this.layout = new PendingLayout(window, LEVELS);
            this.pending = new PendingForecasts(layout);
            this.plain = new PlainPending(window);
            this.told = new Told(window);
            this.bytes = PendingForecasts.empty(layout);
            this.stored = PendingForecasts.empty(layout);
            this.newest = seed % 2 == 0 ? -2L * rows : (1L << 32) - 100;
        }

        void turn() {
            long slot = newest + advance();
            newest = Math.max(newest, slot);
            arrive(newest);
            pending.on(bytes);
            pending.settle(slot, at -> truths.getOrDefault(at, Float.NaN), told);
            plain.settle(slot, truths);
            if (random.nextInt(8) == 0) {
                pending.abstain(slot);
                plain.issue(slot, null);
            } else {
                issue(slot);
            }
            commit();
        }

        private int advance() {
            return switch (random.nextInt(20)) {
                case 0 -> 0;
                case 1 -> -random.nextInt(rows + 2);
                case 2 -> 1 + random.nextInt(rows + 1);
                case 3 -> random.nextInt(3) == 0 ? rows + random.nextInt(3 * rows) : 2;
                default -> 1;
            };
        }

        private void arrive(long slot) {
            if (random.nextInt(4) > 0) {
                truths.putIfAbsent(slot, 60 + random.nextFloat());
            }
            if (random.nextInt(3) == 0) {
                truths.putIfAbsent(slot - random.nextInt(rows + 3), 60 + random.nextFloat());
            }
        }

        private void issue(long slot) {
            float[] values = new float[window.horizon() + 1];
            float[] offsets = new float[window.horizon() * LEVELS.bounds()];
            float last = random.nextInt(9) == 0 ? Float.NaN : 50 + 20 * random.nextFloat();
            float unit = 0;
            for (int step = 0; step < window.horizon(); step++) {
                values[step + 1] = random.nextInt(30) == 0 ? 1e6f : 50 + 20 * random.nextFloat();
                unit = Math.max(unit, Math.abs(values[step + 1] - (Float.isNaN(last) ? 0 : last)));
            }
            for (int bound = 0; bound < offsets.length; bound++) {
                boolean none = random.nextInt(4) == 0 && bound % 4 > 1;
                offsets[bound] = none ? Float.NaN : (bound % 2 == 0 ? -1 : 1) * random.nextFloat() * 9;
            }
            short model = (short) random.nextInt();
            pending.issue(slot, model, last, values, 1, offsets);
            plain.issue(slot, model);
            float[] bounds = new float[offsets.length];
            for (int bound = 0; bound < bounds.length; bound++) {
                bounds[bound] = pending.bound(bound / LEVELS.bounds(), bound % LEVELS.bounds());
                unit = Float.isNaN(offsets[bound]) ? unit : Math.max(unit, Math.abs(offsets[bound]));
            }
            float[] own = new float[window.horizon()];
            System.arraycopy(values, 1, own, 0, own.length);
            told.issued.put(slot, new Told.Issued(last, own, bounds, unit));
        }

        /// Stores what was touched, and now and then continues on what was stored.
        private void commit() {
            long touched = pending.takeTouched();
            PendingForecasts copy = new PendingForecasts(layout).on(stored);
            for (int part = 0; part < layout.parts(); part++) {
                if ((touched & 1L << part) != 0) {
                    byte[] value = new byte[3 + pending.storedBytes(part)];
                    pending.store(part, value, 3);
                    assertThat(copy.restore(part, value, 3)).isTrue();
                }
            }
            assertThat(stored).isEqualTo(bytes);
            if (random.nextInt(5) == 0) {
                bytes = stored.clone();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"12, 1, 1", "12, 1, 2", "12, 1, 3", "3, 4, 4", "1, 1, 5", "1, 7, 6", "5, 2, 7", "12, 12, 8"})
    void scoresEachStepOnceAsAPlainModelDoes(int horizon, int stride, int seed) {
        // Given
        Run run = new Run(new WindowSpec(6, horizon, 1, stride), seed);

        // When
        for (int i = 0; i < 3_000; i++) {
            run.turn();
        }

        // Then
        assertThat(run.told.steps).isEqualTo(run.plain.steps()).hasSizeGreaterThan(1_000);
        assertThat(run.told.missing).isEqualTo(run.plain.missing()).isNotEmpty();
    }

    @Test
    void takesLittleAndComesInFewParts() {
        // When
        PendingLayout hour = new PendingLayout(new WindowSpec(12, 12), LEVELS);
        PendingLayout day = new PendingLayout(new WindowSpec(120, 12, 6, 12), LEVELS);

        // Then
        assertThat(hour.bytes()).isLessThan(1_300);
        assertThat(hour.parts()).isEqualTo(12);
        assertThat(day.parts()).isEqualTo(48);
    }

    /// Guards the form of the bytes, which streams have stored: a change of it needs a new version.
    @Test
    void theFormOfTheBytesIsAsBefore() {
        // Given
        PendingLayout layout = new PendingLayout(new WindowSpec(2, 2), LEVELS);
        byte[] bytes = PendingForecasts.empty(layout);
        PendingForecasts pending = new PendingForecasts(layout).on(bytes);

        // When
        for (int slot = 100; slot < 104; slot++) {
            float truth = slot;
            pending.settle(slot, at -> truth, Settled.NONE);
            float[] offsets = {-1, 2, -3, 5, -2, 4, Float.NaN, Float.NaN};
            pending.issue(slot, (short) 7, slot, new float[] {slot + 0.5f, slot + 1}, 0, offsets);
        }

        // Then
        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo("670000000000000003b6420cbdb6428cbca69b443ba69b44bba69b443aa69b44ba6f12033b6f1203bb"
                        + "0000000000000000"
                        + "660000000700010000cc423bdf9f40cf0c9f199f6e8b7f927b8080"
                        + "670000000700010000ce42d9ce9f40d10ca1199f6e8b7f927b8080");
    }

    @Test
    void refusesWhatIsNoPartOfIt() {
        // Given
        PendingLayout layout = new PendingLayout(new WindowSpec(12, 12), LEVELS);
        PendingForecasts pending = new PendingForecasts(layout);

        // Then
        assertThat(pending.restore(12, new byte[87], 0)).isFalse();
        assertThat(pending.restore(-1, new byte[87], 0)).isFalse();
        assertThat(pending.restore(0, new byte[86], 0)).isFalse();
        assertThatThrownBy(() -> pending.on(new byte[7])).hasMessageContaining("must have " + layout.bytes());
        assertThatThrownBy(() -> pending.issue(5, (short) 0, 1, new float[12], 0, new float[48]))
                .hasMessageContaining("slot 5");
    }
}
