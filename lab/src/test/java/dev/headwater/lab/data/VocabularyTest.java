package dev.headwater.lab.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VocabularyTest {

    @Test
    void splitsAsTheTokenizerOfKeras() {
        List<String> words = new ArrayList<>();
        Vocabulary.split("It's GREAT!!<br /><br />10/10, \"café\"\tco-op's_end (the)\n", words::add);
        assertThat(words).containsExactly("it's", "great", "10", "10", "café", "co", "op's", "end", "the");
    }

    @Test
    void numbersTheMostFrequentWordsFromFour() {
        // Given c three times, a and b twice, a first, d once
        Vocabulary vocabulary = Vocabulary.of(Stream.of("a c b", "b c a c d"), 7);
        // Then
        assertThat(vocabulary.encode("c a b d e", 10)).containsExactly(1, 4, 5, 6, 2, 2);
        assertThat(Vocabulary.of(Stream.of("a c"), 100).encode("c", 10)).containsExactly(1, 5);
    }

    @Test
    void keepsTheEndOfALongText() {
        Vocabulary vocabulary = Vocabulary.of(Stream.of("a b b"), 10);
        assertThat(vocabulary.encode("a b", 3)).containsExactly(1, 5, 4);
        assertThat(vocabulary.encode("a b", 2)).containsExactly(5, 4);
        assertThat(vocabulary.encode("", 2)).containsExactly(1);
    }
}
