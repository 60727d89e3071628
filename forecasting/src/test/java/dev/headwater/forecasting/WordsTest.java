package dev.headwater.forecasting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordsTest {

    @Test
    void leadsAreSaidInTheLongestUnitThatFitsThemAll() {
        assertThat(Words.series(15, 30, 60)).isEqualTo("15 / 30 / 60 min");
        assertThat(Words.series(180, 360, 720)).isEqualTo("3 / 6 / 12 h");
        assertThat(Words.series(1_440, 4_320, 10_080)).isEqualTo("1 / 3 / 7 d");
        assertThat(Words.series(0.001, 0.002, 0.004)).isEqualTo("60 / 120 / 240 ms");
        assertThat(Words.series(0.5, 1, 2)).isEqualTo("30 / 60 / 120 s");
        assertThat(Words.times(30, 60, 120)).containsExactly("30 min", "60 min", "120 min");
    }

    @Test
    void aSingleTimeIsSaidInItsOwnUnit() {
        assertThat(Words.time(60)).isEqualTo("1 h");
        assertThat(Words.time(90)).isEqualTo("90 min");
        assertThat(Words.time(10_080)).isEqualTo("7 d");
        assertThat(Words.time(1.0 / 3)).isEqualTo("20 s");
    }

    @Test
    void oneIsNotMany() {
        assertThat(Words.count(1, "sensor")).isEqualTo("1 sensor");
        assertThat(Words.count(0, "sensor")).isEqualTo("0 sensors");
        assertThat(Words.count(325, "sensor")).isEqualTo("325 sensors");
    }
}
