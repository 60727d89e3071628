package dev.headwater.ingest.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {

    private static final Duration INTERVAL = Duration.ofMinutes(5);
    private static final long FIRST = 5_000_000;
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong clock = new AtomicLong(-77);

    @Test
    void aDelayDoesNotDelayLaterSlots() {
        // Given a slot per second
        Pace pace = pace("300x");
        assertThat(pace.left(FIRST)).isZero();
        assertThat(pace.left(FIRST + 1)).isEqualTo(SECOND);
        // When ten seconds pass without a look
        clock.addAndGet(10 * SECOND + SECOND / 2);
        // Then ten slots are due, and the eleventh at its time
        assertThat(pace.left(FIRST + 10)).isEqualTo(-SECOND / 2);
        assertThat(pace.left(FIRST + 11)).isEqualTo(SECOND / 2);
    }

    @Test
    void aChangeForgetsWhatIsLate() {
        // Given a source that is ten slots late
        Pace pace = pace("300x");
        clock.addAndGet(13 * SECOND);
        // When its speed is halved at the third slot
        pace.speed(Speed.parse("150x"), FIRST + 3);
        // Then this slot is due, and the next after two seconds
        assertThat(pace.left(FIRST + 3)).isZero();
        assertThat(pace.left(FIRST + 4)).isEqualTo(2 * SECOND);
    }

    @Test
    void fromMaxToASpeedTheNextSlotIsDueAtOnce() {
        Pace pace = new Pace(Speed.MAX, FIRST, INTERVAL, clock::get);
        assertThat(pace.left(FIRST + 1_000_000)).isZero();
        pace.speed(Speed.parse("300x"), FIRST + 7); // no time has passed
        assertThat(pace.left(FIRST + 7)).isZero();
        assertThat(pace.left(FIRST + 8)).isEqualTo(SECOND);
    }

    @Test
    void theSlowestSpeedIsNeverDue() {
        Pace pace = new Pace(Speed.parse("0.000000001x"), FIRST, INTERVAL, clock::get);
        clock.addAndGet(SECOND);
        assertThat(pace.left(FIRST + 1_000_000))
                .isGreaterThan(Duration.ofDays(365).toNanos());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void isTheSameAsAddingUpWhatPasses(long seed) {
        // Given many changes at any moments
        Random random = new Random(seed);
        List<String> speeds = List.of("1x", "0.5x", "60x", "3600x", "7x", "100000x");
        Pace pace = pace("300x");
        double place = 0;
        long next = FIRST + 1;
        for (int i = 0; i < 20_000; i++) {
            // When time passes, counted in steps by the plain version
            long passed = random.nextLong(2 * SECOND);
            clock.addAndGet(passed);
            if (!pace.held()) {
                place += passed * pace.speed().factor() / INTERVAL.toNanos();
            }
            next = Math.max(next, FIRST + (long) Math.floor(place) + 1);
            change(pace, random, speeds, next);
            // Then both find the same time left
            assertLeft(pace, next, next - FIRST - place);
        }
    }

    private static void change(Pace pace, Random random, List<String> speeds, long next) {
        switch (random.nextInt(10)) {
            case 0 -> pace.hold(true, next);
            case 1, 2 -> pace.hold(false, next);
            case 3 -> pace.speed(Speed.parse(speeds.get(random.nextInt(speeds.size()))), next);
            default -> {} // time only
        }
    }

    private static void assertLeft(Pace pace, long next, double slots) {
        if (pace.held()) {
            assertThat(pace.left(next)).isEqualTo(Pace.FOREVER);
            return;
        }
        double scale = INTERVAL.toNanos() / pace.speed().factor();
        assertThat(pace.left(next) / scale).isCloseTo(slots, within(1e-5));
    }

    private Pace pace(String speed) {
        return new Pace(Speed.parse(speed), FIRST, INTERVAL, clock::get);
    }
}
