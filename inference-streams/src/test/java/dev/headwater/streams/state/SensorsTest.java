package dev.headwater.streams.state;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.INTEGER;

import dev.headwater.forecasting.network.FeatureSpec;
import dev.headwater.forecasting.network.Measure;
import dev.headwater.forecasting.network.NetworkBuilder;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.network.WindowSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SensorsTest {

    private static final int SENSORS = 5;

    @Test
    void anActiveTaskAndItsStandbyHaveTheSameBytesHoweverOftenTheyChangePlaces() {
        for (int seed = 0; seed < 20; seed++) {
            // Given
            Random random = new Random(seed);
            Sensors active = new Sensors(new SensorLayout(Towns.PROFILED));
            Sensors standby = new Sensors(new SensorLayout(Towns.PROFILED));
            long[] newest = new long[SENSORS];
            Arrays.fill(newest, Towns.FIRST);

            for (int commit = 0; commit < 60; commit++) {
                // When
                SensorState view = active.view();
                for (int reading = 0; reading < 25; reading++) {
                    int s = random.nextInt(SENSORS);
                    long slot = Towns.next(random, newest[s]);
                    newest[s] = Math.max(newest[s], slot);
                    Towns.add(active, view, Towns.PROFILED, "s" + s, slot, random.nextInt(600) / 10f);
                }
                if (random.nextInt(10) == 0) {
                    active.remove("s" + random.nextInt(SENSORS));
                }
                active.takeChanges(standby::restore);
                if (random.nextInt(5) == 0) {
                    standby.begin(0);
                    Sensors before = active;
                    active = standby;
                    standby = before;
                }

                // Then
                standby.begin(0);
                assertThat(Towns.dump(standby))
                        .as("seed %d, commit %d", seed, commit)
                        .isEqualTo(Towns.dump(active));
                assertThat(standby.heapBytes()).isEqualTo(active.heapBytes());
            }
        }
    }

    @Test
    void aLongWindowIsStoredInAreasAndComesBackFromThem() {
        // Given
        Random random = new Random(3);
        Sensors active = new Sensors(new SensorLayout(Towns.LONG));
        Towns.Changelog changelog = new Towns.Changelog();
        List<Integer> sizes = new ArrayList<>();
        long newest = Towns.FIRST;
        for (int reading = 0; reading < 2_000; reading++) {
            long slot = Towns.next(random, newest);
            newest = Math.max(newest, slot);

            // When
            Towns.add(active, active.view(), Towns.LONG, "s", slot, reading);
            changelog.last.clear();
            active.takeChanges(changelog);

            sizes.add(changelog.last.values().stream()
                    .mapToInt(value -> value.length)
                    .sum());

            // Then
            if (reading % 50 == 0) {
                Sensors restored = new Sensors(new SensorLayout(Towns.LONG));
                changelog.restore(restored);
                restored.begin(0);
                assertSame(restored, active, newest);
            }
        }
        // And most readings write the head and one area, of a window of 7 kB
        assertThat(sizes.stream().sorted().skip(sizes.size() * 3L / 4).findFirst())
                .get(as(INTEGER))
                .isLessThan(700);
    }

    private static void assertSame(Sensors found, Sensors expected, long newest) {
        SensorState one = found.find("s", found.view());
        SensorState other = expected.find("s", expected.view());
        assertThat(one).isNotNull();
        assertThat(other).isNotNull();
        assertThat(one.pendingCount()).isEqualTo(other.pendingCount());
        assertThat(one.window().first()).isEqualTo(other.window().first());
        for (long slot = newest - 250; slot <= newest; slot++) {
            assertThat(one.window().arrived(slot)).isEqualTo(other.window().arrived(slot));
            assertThat(one.window().value(slot, 13))
                    .isEqualTo(Float.valueOf(other.window().value(slot, 13)));
        }
    }

    @Test
    void aSensorIsStoredOncePerCommit() {
        // Given
        Sensors sensors = new Sensors(new SensorLayout(Towns.PROFILED));
        Towns.Changelog changelog = new Towns.Changelog();
        for (int slot = 0; slot < 100; slot++) {
            Towns.add(sensors, sensors.view(), Towns.PROFILED, "s", Towns.FIRST + slot, slot);
        }

        // When
        int[] records = {0};
        sensors.takeChanges((key, value) -> records[0]++);
        sensors.takeChanges(changelog);

        // Then: its window, and at most all parts of its seasonal state and of its pending forecasts
        assertThat(records[0]).isBetween(2, 10 + 2);
        assertThat(changelog.last).isEmpty();
    }

    @Test
    void aSensorCostsLittleBeforeItsFirstFullWindowAndLessThanEightKilobytesEver() {
        // Given the window and features of road networks
        SensorNetwork profiled = NetworkBuilder.like(Towns.PROFILED)
                .interval(Duration.ofMinutes(5))
                .window(new WindowSpec(12, 12))
                .build();
        SensorNetwork plain =
                NetworkBuilder.like(profiled).features(FeatureSpec.DEFAULT).build();
        Sensors sensors = new Sensors(new SensorLayout(profiled));

        // When
        Towns.add(sensors, sensors.view(), profiled, "400001", 5_000_000, 60);

        // Then
        assertThat(sensors.heapBytes()).isLessThan(300);
        assertThat(sensors.maxBytes()).isLessThan(8_000);
        assertThat(new Sensors(new SensorLayout(plain)).maxBytes()).isLessThan(2_200);
    }

    @Test
    void stateOfOtherMeasuresIsDroppedAndRemovedAndThatOfAnotherZoneLosesItsProfile() {
        // Given
        Towns.Changelog changelog = Towns.changelog();
        SensorNetwork otherMeasure = NetworkBuilder.like(Towns.PROFILED)
                .measures(List.of(new Measure("flow", "", null)))
                .target("flow")
                .build();
        SensorNetwork otherZone =
                NetworkBuilder.like(Towns.PROFILED).zone(ZoneOffset.UTC).build();

        // When
        Sensors dropped = new Sensors(new SensorLayout(otherMeasure));
        changelog.restore(dropped);
        Sensors.Unreadable refused = dropped.begin(0);
        Sensors halved = new Sensors(new SensorLayout(otherZone));
        changelog.restore(halved);
        Sensors.Unreadable lost = halved.begin(0);

        // Then
        assertThat(refused.windows()).isEqualTo(Set.of("s"));
        assertThat(dropped.size()).isZero();
        assertThat(lost).isEqualTo(new Sensors.Unreadable(Set.of(), Set.of("s"), Set.of()));
        assertThat(halved.find("s", halved.view())).isNotNull();
        assertThat(halved.view().on(halved.find("s", halved.view()).bytes()).seasonal())
                .isNull();

        // And with the next commit the changelog has forgotten it
        dropped.takeChanges(changelog);
        Sensors after = new Sensors(new SensorLayout(otherMeasure));
        changelog.restore(after);
        assertThat(after.begin(0).windows()).isEmpty();
    }

    @Test
    void aNetworkThatNoLongerReadsSeasonalStatesLeavesThemAlone() {
        // Given
        Towns.Changelog changelog = Towns.changelog();
        SensorNetwork plain = NetworkBuilder.like(Towns.PROFILED)
                .features(FeatureSpec.DEFAULT)
                .build();

        // When
        Sensors after = new Sensors(new SensorLayout(plain));
        changelog.restore(after);

        // Then
        assertThat(after.begin(0)).isEqualTo(new Sensors.Unreadable(Set.of(), Set.of(), Set.of()));
        assertThat(after.size()).isEqualTo(1);
    }

    @Test
    void aWindowOfAnotherLengthIsReadAsFarAsItReaches() {
        // Given
        Towns.Changelog changelog = Towns.changelog();

        for (int lookback : new int[] {2, 12}) {
            // When
            SensorNetwork other = NetworkBuilder.like(Towns.PROFILED)
                    .window(new WindowSpec(lookback, 2))
                    .build();
            Sensors after = new Sensors(new SensorLayout(other));
            changelog.restore(after);

            // Then
            assertThat(after.begin(0).windows()).isEmpty();
            SensorState state = after.find("s", after.view());
            assertThat(state).isNotNull();
            assertThat(state.window().covers(Towns.FIRST + 99, lookback)).isTrue();
            assertThat(state.window().value(Towns.FIRST + 90, 0)).isEqualTo(90);
        }
    }

    @Test
    void whatIsNoStateAtAllIsRefused() {
        Sensors sensors = new Sensors(new SensorLayout(Towns.PROFILED));
        byte[] key = "s".getBytes(StandardCharsets.UTF_8);

        // When
        for (byte[] value : new byte[][] {{}, {3}, {9, 9, 9, 9, 9, 9}, new byte[300]}) {
            sensors.restore(key, value);
            sensors.restore(StoredParts.key(key, 0), value);
            sensors.restore(StoredParts.key(key, 70), value);
        }

        // Then
        assertThat(sensors.begin(0)).isEqualTo(new Sensors.Unreadable(Set.of("s"), Set.of("s"), Set.of()));
        assertThat(sensors.size()).isZero();
    }
}
