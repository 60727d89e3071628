package dev.headwater.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A commit interval of 100 ms, so parts of 25 ms, looked at every 5 ms.
class EarlyCommitTest {

    private static final int LOOK = 5;

    private final List<Long> commits = new ArrayList<>();
    private final EarlyCommit early = new EarlyCommit(Duration.ofMillis(100), () -> commits.add(this.now));
    private long now;

    @BeforeEach
    void aClock() {
        now = 1_000_000;
    }

    private void pass(int millis, int issuedPerLook) {
        for (int passed = 0; passed < millis; passed += LOOK) {
            for (int i = 0; i < issuedPerLook; i++) {
                early.issued();
            }
            now += LOOK;
            early.look(now);
        }
    }

    @Test
    void fewForecastsAreCommittedOnceInAPart() {
        // Given
        pass(25, 2);
        commits.clear();

        // When
        pass(1_000, 2);

        // Then
        assertThat(commits).hasSize(1_000 / 25);
        assertThat(commits).allMatch(time -> time % 25 == 0);
    }

    @Test
    void manyForecastsWaitForTheInterval() {
        // Given
        pass(100, 50);
        commits.clear();

        // When
        pass(1_000, 50);

        // Then
        assertThat(commits).isEmpty();
    }

    @Test
    void thoseOfASlotAreCommittedWhenNoMoreCome() {
        // Given
        pass(100, 0);
        pass(50, 500);
        commits.clear();
        long last = now;

        // When
        pass(1_000, 0);

        // Then
        assertThat(commits).hasSize(1).allMatch(time -> time - last <= 25 + LOOK);
    }

    @Test
    void slowCommitsTakeHalfOfTheTime() {
        // Given commits of 60 ms
        long committing = 0;
        long begun = now;

        // When few forecasts are issued between them
        for (int looks = 0; looks < 1_000; looks++) {
            int before = commits.size();
            pass(LOOK, 1);
            if (commits.size() > before) {
                now += 60;
                committing += 60;
            }
        }

        // Then
        assertThat(commits).hasSizeGreaterThan(50);
        assertThat((double) committing / (now - begun)).isBetween(0.3, 0.5);
    }

    @Test
    void nothingIsCommittedWithoutForecasts() {
        // When
        pass(1_000, 0);

        // Then
        assertThat(commits).isEmpty();
    }
}
