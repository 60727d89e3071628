package dev.headwater.forecasting.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headwater.forecasting.drift.DriftEvent.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DriftGroupsTest {

    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final int SENSORS = 8; // of each of two parts

    private long clock; // milliseconds
    private DriftGroups groups = new DriftGroups("town");
    private final List<DriftEvent> events = new ArrayList<>();

    /// Both parts report that they have reached an hour.
    private void reach(int hour) {
        for (int part = 0; part < 2; part++) {
            report(part, hour, null);
        }
    }

    private void report(int part, int hour, DriftSign sign) {
        events.addAll(groups.add(new DriftReport(part, hour * HOUR, SENSORS, sign), clock));
    }

    private void drift(String sensor, DriftKind kind, int hour) {
        report(sensor.hashCode() & 1, hour, new DriftSign(sensor, kind, hour * HOUR));
    }

    @Test
    void sensorsThatFollowEachOtherAreOneEvent() {
        // Given eight sensors of two parts that change within hours, and one two days later
        for (int i = 0; i < 8; i++) {
            drift("s" + i, i == 3 ? DriftKind.ERROR : DriftKind.READINGS, i < 4 ? 10 : 3 + 3 * i);
        }
        IntStream.range(25, 60).forEach(this::reach);
        drift("late", DriftKind.READINGS, 60);

        // When
        IntStream.range(60, 80).forEach(this::reach);

        // Then
        assertThat(events)
                .containsExactly(
                        new DriftEvent(
                                "town",
                                Scope.GROUP,
                                Set.of(DriftKind.READINGS, DriftKind.ERROR),
                                10 * HOUR,
                                24 * HOUR,
                                8,
                                16,
                                List.of("s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7")),
                        new DriftEvent(
                                "town",
                                Scope.SENSOR,
                                Set.of(DriftKind.READINGS),
                                60 * HOUR,
                                60 * HOUR,
                                1,
                                16,
                                List.of("late")));
    }

    @Test
    void moreThanHalfOfTheSensorsAreTheNetwork() {
        // Given
        IntStream.range(0, 9).forEach(i -> drift("s" + i, DriftKind.READINGS, 10));

        // When
        reach(15);
        assertThat(events).isEmpty();
        reach(16);

        // Then
        assertThat(events).extracting(DriftEvent::scope).containsExactly(Scope.NETWORK);
    }

    @Test
    void aGroupWaitsForAPartThatIsBehindButNotForASilentOne() {
        // Given a part that runs far ahead
        reach(10);
        report(0, 12, new DriftSign("a", DriftKind.READINGS, 12 * HOUR));
        report(0, 300, new DriftSign("b", DriftKind.READINGS, 300 * HOUR));
        report(0, 400, null);
        assertThat(events).isEmpty();

        // When the other one follows
        report(1, 14, new DriftSign("c", DriftKind.READINGS, 14 * HOUR));
        report(1, 20, null);

        // Then the group has the sensors of both
        assertThat(events).extracting(DriftEvent::sensors).containsExactly(List.of("a", "c"));

        // And when it falls silent, it is not waited for
        clock += DriftGroups.SILENCE.toMillis();
        report(0, 401, null);
        assertThat(events).extracting(DriftEvent::sensors).containsExactly(List.of("a", "c"), List.of("b"));
    }

    @Test
    void aTrickleOfSensorsDoesNotKeepAGroupOpenForEver() {
        // Given a sensor every three hours / When
        for (int hour = 0; hour < 72; hour += 3) {
            reach(hour);
            drift("s" + hour, DriftKind.READINGS, hour);
        }

        // Then a day's sensors are an event each
        assertThat(events).extracting(DriftEvent::concerned).containsExactly(8, 8);
    }

    @Test
    void aRestartOrARepeatedReportChangesNothing() {
        // Given
        drift("a", DriftKind.READINGS, 10);
        drift("b", DriftKind.ERROR, 11);

        // When
        groups = new DriftGroups("town");
        groups.restore(new DriftReport(1, 10 * HOUR, SENSORS, new DriftSign("a", DriftKind.READINGS, 10 * HOUR)), 0);
        groups.restore(new DriftReport(0, 11 * HOUR, SENSORS, new DriftSign("b", DriftKind.ERROR, 11 * HOUR)), 0);
        drift("a", DriftKind.READINGS, 10);
        reach(16);
        reach(17);

        // Then
        assertThat(events).hasSize(1);
        assertThat(events.getFirst().from()).isEqualTo(10 * HOUR);
        assertThat(events.getFirst().sensors()).containsExactly("a", "b");
    }

    @Test
    void aLargeGroupListsItsFirstSensors() {
        // Given
        int many = DriftEvent.MAX_SENSORS + 1;
        IntStream.range(0, many).forEach(i -> drift("s" + i, DriftKind.READINGS, 10));

        // When
        reach(16);

        // Then
        assertThat(events.getFirst().concerned()).isEqualTo(many);
        assertThat(events.getFirst().sensors()).hasSize(DriftEvent.MAX_SENSORS).isSorted();
    }
}
