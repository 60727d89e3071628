package dev.headwater.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LiveRunTest {

    private final AtomicBoolean interrupted = new AtomicBoolean();
    private final AtomicInteger taken = new AtomicInteger();

    @Test
    void goesOnUntilAllWasSentAndHasCome() {
        // Given a sender that ends at once
        LiveRun run = new LiveRun(Duration.ZERO, () -> false);

        // When
        run.play(() -> {}, taken::incrementAndGet, () -> taken.get() >= 3);

        // Then
        assertThat(taken.get()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void interruptsTheSenderWhenTheTimeIsOver() {
        // Given
        LiveRun run = new LiveRun(Duration.ofMillis(20), () -> false);

        // When
        run.play(this::sendForEver, taken::incrementAndGet, () -> true);

        // Then
        assertThat(interrupted).isTrue();
    }

    @Test
    void interruptsTheSenderWhenStopped() {
        // Given a run that is stopped once something has arrived
        LiveRun run = new LiveRun(Duration.ZERO, () -> taken.get() > 0);

        // When
        run.play(this::sendForEver, taken::incrementAndGet, () -> true);

        // Then
        assertThat(interrupted).isTrue();
        assertThat(taken).hasValue(1);
    }

    @Test
    @Timeout(30)
    void tellsThatTheSenderFailed() {
        // Given a sender that fails, so that what was to come never does
        LiveRun run = new LiveRun(Duration.ZERO, () -> false);
        Runnable failing = () -> {
            throw new IllegalStateException("the broker refused");
        };

        // When / Then
        assertThatThrownBy(() -> run.play(failing, taken::incrementAndGet, () -> false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the broker refused");
    }

    private void sendForEver() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            interrupted.set(true);
        }
    }
}
