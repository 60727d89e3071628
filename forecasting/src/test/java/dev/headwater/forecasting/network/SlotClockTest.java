package dev.headwater.forecasting.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotClockTest {

    /// Instants around the clock changes of 2017, the zone's oldest changes, and 1970.
    private static List<Instant> instants(ZoneId zone, Random random) {
        List<Instant> around = new ArrayList<>(List.of(Instant.EPOCH, Instant.parse("1905-06-07T08:09:10Z")));
        Instant change = Instant.parse("2016-12-31T00:00:00Z");
        for (int i = 0; i < 3 && zone.getRules().nextTransition(change) != null; i++) {
            change = zone.getRules().nextTransition(change).getInstant();
            around.add(change);
        }
        List<Instant> all = new ArrayList<>();
        for (Instant centre : around) {
            all.add(centre);
            all.add(centre.minusMillis(1));
            for (int i = 0; i < 200; i++) {
                all.add(centre.plusMillis(random.nextLong(-200_000_000, 200_000_000)));
            }
        }
        return all;
    }

    @ParameterizedTest
    @CsvSource({
        "PT5M, America/Los_Angeles",
        "PT10M, Europe/Berlin",
        "PT1H, America/Los_Angeles",
        "PT1H, Asia/Kathmandu",
        "P1D, America/Los_Angeles",
        "PT5M, Australia/Lord_Howe",
        "PT7M, Europe/Copenhagen",
        "PT0.25S, Europe/Copenhagen",
        "PT5M, UTC"
    })
    void agreesWithJavaTime(Duration interval, ZoneId zone) {
        // Given
        SlotClock clock = new SlotClock(interval, zone);
        long length = interval.toMillis();

        for (Instant instant : instants(zone, new Random(7))) {
            // When
            long slot = clock.slotOf(instant.toEpochMilli());

            // Then
            assertThat(clock.start(slot)).isBeforeOrEqualTo(instant).isAfter(instant.minus(interval));
            assertThat(clock.startMillis(slot)).isEqualTo(slot * length);
            ZonedDateTime local = clock.start(slot).atZone(zone);
            int slotsPerDay = (int) (Duration.ofDays(1).toMillis() / length);
            assertThat(clock.slotsPerDay()).isEqualTo(slotsPerDay);
            assertThat(clock.timeOfDay(slot)).as("%s", local).isEqualTo((int)
                    Math.min(local.getLong(ChronoField.MILLI_OF_DAY) / length, slotsPerDay - 1));
            assertThat(clock.localSlot(slot)).isEqualTo(clock.day(slot) * slotsPerDay + clock.timeOfDay(slot));
            assertThat(clock.dayOfWeek(slot))
                    .as("%s", local)
                    .isEqualTo(local.getDayOfWeek().getValue() - 1);
        }
    }

    @Test
    void numbersSlotsBefore1970Downwards() {
        // Given
        SlotClock clock = new SlotClock(Duration.ofMinutes(5), ZoneId.of("UTC"));

        // Then
        assertThat(clock.slotOf(-1)).isEqualTo(-1);
        assertThat(clock.slotOf(-300_000)).isEqualTo(-1);
        assertThat(clock.slotOf(-300_001)).isEqualTo(-2);
        assertThat(clock.timeOfDay(-1)).isEqualTo(287);
        assertThat(clock.dayOfWeek(-1)).isEqualTo(2); // 1969-12-31 was a Wednesday
    }

    @Test
    void theHourThatTheClockSkipsIsNoGap() {
        // Given
        ZoneId zone = ZoneId.of("America/Los_Angeles");
        SlotClock clock = new SlotClock(Duration.ofMinutes(5), zone);
        Instant before = LocalDateTime.parse("2017-03-12T01:55").atZone(zone).toInstant();
        Instant after = LocalDateTime.parse("2017-03-12T03:00").atZone(zone).toInstant();

        // When
        long last = clock.slotOf(before.toEpochMilli());
        long next = clock.slotOf(after.toEpochMilli());

        // Then
        assertThat(next).isEqualTo(last + 1);
        assertThat(clock.timeOfDay(last)).isEqualTo(23);
        assertThat(clock.timeOfDay(next)).isEqualTo(36);
    }

    @Test
    void anIntervalLongerThanADayHasOneTimeOfDay() {
        // Given
        SlotClock clock = new SlotClock(Duration.ofDays(7), ZoneId.of("America/Los_Angeles"));

        // Then
        assertThat(clock.slotsPerDay()).isEqualTo(1);
        assertThat(clock.timeOfDay(2463)).isZero();
    }

    @Test
    void servesTimesAsFarOutAsABrokenClockMayGive() {
        // Given
        SlotClock clock = new SlotClock(Duration.ofMinutes(5), ZoneId.of("America/Los_Angeles"));

        for (long millis : new long[] {Long.MIN_VALUE / 2, Long.MAX_VALUE / 2, Long.MAX_VALUE}) {
            // When
            long slot = clock.slotOf(millis);

            // Then
            assertThat(clock.timeOfDay(slot)).isBetween(0, 287);
            assertThat(clock.dayOfWeek(slot)).isBetween(0, 6);
        }
    }
}
