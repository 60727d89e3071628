package dev.headwater.forecasting.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfusionTest {

    private static final List<String> WORDS = List.of("down", "go", "no");

    @Test
    void accuracyIsTheShareOnTheDiagonal() {
        Confusion confusion = Confusion.of(WORDS, new int[][] {{5, 1, 0}, {2, 6, 2}, {0, 1, 3}});
        assertThat(confusion.clips()).isEqualTo(20);
        assertThat(confusion.accuracy()).isCloseTo(0.7, within(1e-12));
    }

    @Test
    void thePairThatIsMixedUpMostEitherWayIsTheHardest() {
        // down and go are confused 3 times, go and no 4 times, of which 3 in one direction
        assertThat(Confusion.of(WORDS, new int[][] {{5, 1, 0}, {2, 6, 3}, {0, 1, 3}})
                        .hardest())
                .containsExactly("go", "no");
        assertThat(Confusion.of(WORDS, new int[][] {{5, 0, 2}, {1, 6, 0}, {2, 1, 3}})
                        .hardest())
                .containsExactly("down", "no");
    }

    @Test
    void nothingJudgedIsNoAccuracy() {
        assertThat(Confusion.of(WORDS, new int[3][3]).accuracy()).isZero();
    }

    @Test
    void everyWordHasARowAndAColumn() {
        assertThatThrownBy(() -> Confusion.of(WORDS, new int[2][3])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Confusion.of(WORDS, new int[3][2])).isInstanceOf(IllegalArgumentException.class);
    }
}
