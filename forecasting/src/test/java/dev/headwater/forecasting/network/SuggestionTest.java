package dev.headwater.forecasting.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SuggestionTest {

    @Test
    void countsEditsLikeTheRecursiveDefinition() {
        // Given
        Random random = new Random(1);

        for (int trial = 0; trial < 300; trial++) {
            String a = word(random);
            String b = word(random);

            // Then
            assertThat(Suggestion.distance(a, b)).as("%s %s", a, b).isEqualTo(plain(a, b));
        }
    }

    @Test
    void listsTheKnownWordsButNotHundreds() {
        // Given
        List<String> many =
                IntStream.range(100, 425).mapToObj(i -> "sensor-" + i).toList();

        // Then
        assertThat(Suggestion.of("x", List.of("b", "a"))).isEqualTo(" (did you mean 'a'?)");
        assertThat(Suggestion.of("elsewhere", List.of("b", "a"))).isEqualTo(" (known: a, b)");
        assertThat(Suggestion.of("elsewhere", many))
                .startsWith(" (known: sensor-100, sensor-101, ")
                .endsWith(", sensor-159 and 265 more)");
    }

    private static String word(Random random) {
        return random.ints(random.nextInt(6), 'a', 'd')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static int plain(String a, String b) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.length() + b.length();
        }
        int substituted = plain(a.substring(1), b.substring(1)) + (a.charAt(0) == b.charAt(0) ? 0 : 1);
        return Math.min(substituted, 1 + Math.min(plain(a.substring(1), b), plain(a, b.substring(1))));
    }
}
