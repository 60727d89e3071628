package dev.headwater.ingest.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {

    @Test
    void agreesWithTheJdkOnSeededDecimals() {
        // Given decimals of every length, with and without sign and point
        Random random = new Random(17);
        for (int i = 0; i < 20_000; i++) {
            int digits = 1 + random.nextInt(18);
            StringBuilder text = new StringBuilder();
            for (int d = 0; d < digits; d++) {
                text.append((char) ('0' + random.nextInt(10)));
            }
            int point = random.nextInt(digits + 2);
            if (point <= digits) {
                text.insert(point, '.');
            }
            String cell = (random.nextBoolean() ? "-" : "") + text;
            // When parsed, then the bits are those of the nearest double as a float
            assertThat(Decimal.parse(cell)).as(cell).isEqualTo((float) Double.parseDouble(cell));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "71.4",
                "1e3",
                "+5",
                " 7 ",
                "-9999.0",
                ".5",
                "5.",
                "1E-2",
                "340282346638528859811704183484516925440"
            })
    void readsEverySpellingOfANumber(String cell) {
        assertThat(Decimal.parse(cell)).isEqualTo((float) Double.parseDouble(cell));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "nan", "NaN", "NAN"})
    void takesBlanksAndNanAsMissing(String cell) {
        assertThat(Decimal.parse(cell)).isNaN();
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "-", ".", "1f", "1d", "0x1p3", "1,5", "1.2.3", "--1", "Infinity", "1e99", "12 3"})
    void refusesEverythingElse(String cell) {
        assertThatThrownBy(() -> Decimal.parse(cell)).isInstanceOf(NumberFormatException.class);
    }
}
