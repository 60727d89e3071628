package dev.headwater.forecasting.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClipSplitTest {

    private static final List<Clip> CLIPS = Voices.clips(60, 2, 10, 1);

    private static Set<String> speakers(List<Clip> clips) {
        return clips.stream().map(Clip::speaker).collect(Collectors.toSet());
    }

    @ParameterizedTest
    @EnumSource(ClipSplit.By.class)
    void everyClipIsInOnePart(ClipSplit.By by) {
        ClipSplit split = ClipSplit.of(CLIPS, by, 42);
        List<Clip> all = new ArrayList<>(split.train());
        all.addAll(split.validation());
        all.addAll(split.test());
        assertThat(all).containsExactlyInAnyOrderElementsOf(CLIPS);
    }

    @Test
    void noSpeakerIsInTwoParts() {
        // When
        ClipSplit split = ClipSplit.of(CLIPS, ClipSplit.By.SPEAKER, 42);

        // Then
        Set<String> seen = new HashSet<>();
        for (List<Clip> part : List.of(split.train(), split.validation(), split.test())) {
            assertThat(seen).doesNotContainAnyElementsOf(speakers(part));
            seen.addAll(speakers(part));
        }
        assertThat(split.train()).hasSize(42 * 6);
        assertThat(split.validation()).hasSize(9 * 6);
    }

    @Test
    void theSplitBySpeakerKnowsNeitherSeedNorOrder() {
        ClipSplit split = ClipSplit.of(CLIPS, ClipSplit.By.SPEAKER, 42);
        ClipSplit other = ClipSplit.of(CLIPS.reversed(), ClipSplit.By.SPEAKER, 43);
        assertThat(speakers(other.test())).isEqualTo(speakers(split.test()));
    }

    @Test
    void theRandomSplitIsDrawnByItsSeed() {
        ClipSplit split = ClipSplit.of(CLIPS, ClipSplit.By.RANDOM, 42);
        assertThat(split.train()).hasSize(288);
        assertThat(split.validation()).hasSize(36);
        assertThat(split.test()).hasSize(36);
        assertThat(ClipSplit.of(CLIPS, ClipSplit.By.RANDOM, 42)).isEqualTo(split);
        assertThat(ClipSplit.of(CLIPS, ClipSplit.By.RANDOM, 43).test()).isNotEqualTo(split.test());
    }

    @Test
    void tooFewSpeakersAreAnError() {
        List<Clip> one = Voices.clips(1, 5, 10, 1);
        assertThatThrownBy(() -> ClipSplit.of(one, ClipSplit.By.SPEAKER, 42))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("speaker");
    }
}
