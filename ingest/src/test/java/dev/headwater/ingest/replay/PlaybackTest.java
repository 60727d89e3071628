package dev.headwater.ingest.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.ingest.replay.Playback.Phase;
import dev.headwater.ingest.replay.Playback.State;
import dev.headwater.ingest.simulator.CitySimulator;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaybackTest {

    private static final SensorNetwork CITY = NetworkFile.load("simulated-city");
    private static final long FIRST = 5_000_000;
    private static final long SECOND = 1_000_000_000L;
    private static final long HOUR = Duration.ofHours(1).toNanos();

    private final AtomicLong clock = new AtomicLong();

    @Test
    void tellsWhereItIsFromTheFirstSlotToTheLast() throws Exception {
        // Given three slots, one per second
        Playback playback = playback("300x", clock::get, FIRST + 3);
        State before = new State(Phase.PLAYING, Speed.parse("300x"), at(0), at(0), at(2), null);
        assertThat(playback.state()).isEqualTo(before);
        // When they are sent
        playback.begin();
        assertThat(playback.awaitDue(FIRST, 0)).isTrue();
        assertThat(playback.awaitDue(FIRST + 1, 0)).isFalse();
        assertThat(playback.state()).isEqualTo(before);
        clock.addAndGet(2 * SECOND);
        assertThat(playback.awaitDue(FIRST + 1, 0)).isTrue();
        assertThat(playback.state().at()).isEqualTo(at(1));
        assertThat(playback.awaitDue(FIRST + 2, 0)).isTrue();
        playback.end();
        // Then it has ended, and no change has an effect
        playback.pause();
        playback.speed(Speed.MAX);
        playback.skipTo(FIRST);
        assertThat(playback.state()).isEqualTo(new State(Phase.ENDED, Speed.parse("300x"), at(2), at(0), at(2), null));
    }

    @Test
    void aSourceWithoutEndHasNoLastTime() {
        assertThat(playback("1x", clock::get, Long.MAX_VALUE).state().last()).isNull();
    }

    @Test
    void waitsForWhatWasLeftBeforeThePause() throws Exception {
        // Given a slot per second, and 0.4 seconds after the first
        Playback playback = begun("300x");
        clock.addAndGet(4 * SECOND / 10);
        // When it pauses for an hour
        playback.pause();
        playback.pause();
        assertThat(playback.state().phase()).isEqualTo(Phase.PAUSED);
        clock.addAndGet(HOUR);
        assertThat(playback.awaitDue(FIRST + 1, 0)).isFalse();
        playback.resume();
        playback.resume();
        // Then 0.6 seconds are left
        assertThat(playback.state().phase()).isEqualTo(Phase.PLAYING);
        clock.addAndGet(6 * SECOND / 10 - 1000);
        assertThat(playback.awaitDue(FIRST + 1, 0)).isFalse();
        clock.addAndGet(2000);
        assertThat(playback.awaitDue(FIRST + 1, 0)).isTrue();
        assertThat(playback.awaitDue(FIRST + 2, 0)).isFalse();
    }

    @Test
    void skipsToATimeAndGoesOnAtTheFormerSpeed() throws Exception {
        // Given
        Playback playback = begun("300x");
        // When
        playback.skipTo(FIRST + 100);
        assertThat(playback.state().skipping()).isEqualTo(at(100));
        // Then all slots up to that time are due at once, and the later ones at the speed
        send(playback, 1, 100);
        assertThat(playback.state())
                .isEqualTo(new State(Phase.PLAYING, Speed.parse("300x"), at(100), at(0), null, null));
        assertThat(playback.awaitDue(FIRST + 101, 0)).isFalse();
        clock.addAndGet(SECOND);
        assertThat(playback.awaitDue(FIRST + 101, 0)).isTrue();
        assertThat(playback.awaitDue(FIRST + 102, 0)).isFalse();
    }

    @Test
    void aPauseLastsBeyondASkip() throws Exception {
        // Given
        Playback playback = begun("300x");
        playback.pause();
        // When
        playback.skipTo(FIRST + 10);
        send(playback, 1, 9);
        // Then it pauses again, until it is resumed
        assertThat(playback.awaitDue(FIRST + 10, 0)).isFalse();
        assertThat(playback.state().phase()).isEqualTo(Phase.PAUSED);
        clock.addAndGet(HOUR);
        playback.resume();
        assertThat(playback.awaitDue(FIRST + 10, 0)).isTrue();
        assertThat(playback.awaitDue(FIRST + 11, 0)).isFalse();
    }

    @Test
    void aPauseEndsASkipWhereItIs() throws Exception {
        // Given a skip that is under way
        Playback playback = begun("1x");
        playback.skipTo(FIRST + 1000);
        send(playback, 1, 5);
        // When
        playback.pause();
        // Then
        assertThat(playback.awaitDue(FIRST + 6, 0)).isFalse();
        assertThat(playback.state().skipping()).isNull();
        playback.resume();
        assertThat(playback.awaitDue(FIRST + 6, 0)).isTrue();
        assertThat(playback.awaitDue(FIRST + 7, 0)).isFalse();
    }

    @Test
    void goesNowhereButForward() throws Exception {
        Playback playback = playback("1x", clock::get, FIRST + 10);
        playback.begin();
        send(playback, 0, 0);
        assertThatThrownBy(() -> playback.skipTo(FIRST))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("skip: must be from 2017-07-14T02:45:00Z to before 2017-07-14T03:30:00Z, found"
                        + " 2017-07-14T02:40:00Z");
        assertThatThrownBy(() -> playback.skipTo(FIRST + 10)).isInstanceOf(InvalidInputException.class);
        playback.skipTo(FIRST + 9);
        assertThat(playback.state().skipping()).isEqualTo(at(9));
    }

    @Test
    void isForOneReplay() {
        Playback playback = playback("1x", clock::get, FIRST + 10);
        playback.begin();
        playback.end();
        assertThatThrownBy(playback::begin).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"speed", "skip", "resume"})
    void aChangeIsFeltInTheMiddleOfAWait(String change) throws Exception {
        // Given a thread that waits for a slot due in five minutes, or paused
        Playback playback = realTime();
        if (change.equals("resume")) {
            playback.pause();
            playback.speed(Speed.MAX);
        }
        CompletableFuture<Boolean> due = new CompletableFuture<>();
        Thread waiting = startWaiting(playback, due);
        // When
        switch (change) {
            case "speed" -> playback.speed(Speed.parse("10000000x"));
            case "skip" -> playback.skipTo(FIRST + 2);
            case "resume" -> playback.resume();
            default -> throw new IllegalArgumentException(change);
        }
        // Then
        assertThat(due.get(20, TimeUnit.SECONDS)).isTrue();
        waiting.join();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anInterruptEndsAWait(boolean paused) throws Exception {
        // Given
        Playback playback = realTime();
        if (paused) {
            playback.pause();
        }
        CompletableFuture<Boolean> due = new CompletableFuture<>();
        Thread waiting = startWaiting(playback, due);
        // When
        waiting.interrupt();
        // Then
        assertThatThrownBy(() -> due.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(InterruptedException.class);
    }

    private Playback realTime() throws InterruptedException {
        Playback playback = playback("1x", System::nanoTime, Long.MAX_VALUE);
        playback.begin();
        send(playback, 0, 0);
        return playback;
    }

    private static Thread startWaiting(Playback playback, CompletableFuture<Boolean> due) {
        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                boolean found = false;
                while (!found) {
                    found = playback.awaitDue(FIRST + 1, HOUR);
                }
                due.complete(true);
            } catch (InterruptedException e) {
                due.completeExceptionally(e);
            }
        });
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        return thread;
    }

    private Playback begun(String speed) throws InterruptedException {
        Playback playback = playback(speed, clock::get, Long.MAX_VALUE);
        playback.begin();
        send(playback, 0, 0);
        return playback;
    }

    private static void send(Playback playback, int first, int last) throws InterruptedException {
        for (int slot = first; slot <= last; slot++) {
            assertThat(playback.awaitDue(FIRST + slot, 0)).as("slot %d", slot).isTrue();
        }
    }

    private static Playback playback(String speed, LongSupplier nanoTime, long to) {
        ReplayOptions all = ReplayOptions.all(Speed.parse(speed));
        ReplayOptions options = new ReplayOptions(all.speed(), all.from(), to, all.format(), all.progress());
        return new Playback(new CitySource(new CitySimulator(CITY, 2, 1), FIRST), options, nanoTime);
    }

    private static Instant at(int slot) {
        return CITY.clock().start(FIRST + slot);
    }
}
