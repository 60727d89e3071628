package dev.headwater.forecasting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {

    @Test
    void whatIsInvisibleIsWrittenOut() {
        // Then
        assertThat(Printable.line("Straße 5, °C 温度 🚗")).isEqualTo("Straße 5, °C 温度 🚗");
        assertThat(Printable.line("a\u001b[2J\nb\tc\u202e\u2028"))
                .isEqualTo("a\\u001b[2J\\u000ab\\u0009c\\u202e\\u2028");
        assertThat(Printable.line("\ud800")).isEqualTo("\\ud800");
        assertThat(Printable.isPrintable("two words")).isTrue();
        assertThat(Printable.isPrintable("two\nlines")).isFalse();
    }

    @Test
    void aNameIsOfVisibleAscii() {
        // Then
        assertThat(Printable.isName("seq2seq-gru", 64)).isTrue();
        assertThat(Printable.isName("", 64)).isFalse();
        assertThat(Printable.isName("two words", 64)).isFalse();
        assertThat(Printable.isName("é", 64)).isFalse();
        assertThat(Printable.isName("longer", 5)).isFalse();
    }

    @Test
    void whatAUserIsToldHasOneLine() {
        // Then
        assertThat(new InvalidInputException("name: found a\nb")).hasMessage("name: found a\\u000ab");
    }
}
