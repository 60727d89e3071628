package dev.headwater.forecasting.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
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
