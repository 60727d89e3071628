package dev.headwater.trainer.keyword;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.audio.SpectrumSpec;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.kernels.ClassifierShape;
import dev.headwater.kernels.ClassifierShape.Cell;
import dev.headwater.kernels.ClassifierShape.Pooling;
import dev.headwater.trainer.TrainingSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeywordSettingsTest {

    @Test
    void takesItsOwnNamesAndPassesOverThoseOfTheForecaster() {
        KeywordSettings settings = KeywordSettings.DEFAULT.with(Map.of(
                "keyword.hidden", "96", "keyword.pooling", "max", "keyword.bidirectional", "false", "hidden", "4"));
        assertThat(settings.architecture().hidden()).isEqualTo(96);
        assertThat(settings.architecture().pooling()).isEqualTo(Pooling.MAX);
        assertThat(settings.architecture().bidirectional()).isFalse();
        assertThat(settings.asMap()).hasSize(KeywordSettings.DEFAULT.asMap().size());
        assertThat(KeywordSettings.DEFAULT.with(Map.of())).isEqualTo(KeywordSettings.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource({
        "keyword.hiden, 4, (did you mean 'keyword.hidden'?)",
        "keyword.hidden, 6, a multiple of 4",
        "keyword.kernel, 4, odd",
        "keyword.pooling, meen, (did you mean 'mean'?)",
        "keyword.bidirectional, yes, true or false",
        "keyword.bidirectional, ture, (did you mean 'true'?)",
        "keyword.cell, lstn, (did you mean 'lstm'?)",
        "keyword.cell, LSTM, 'one of [gru, lstm]'",
        "keyword.sell, lstm, (did you mean 'keyword.cell'?)",
        "keyword.epochs, many, a whole number",
        "keyword.dropout, 1, below 1",
        "keyword.shift, -1, milliseconds"
    })
    void refusesWhatCannotBe(String name, String value, String message) {
        assertThatThrownBy(() -> KeywordSettings.DEFAULT.with(Map.of(name, value)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(message);
    }

    @Test
    void theCellIsTheArchitecturesAndStandsInTheProvenance() {
        KeywordSettings settings =
                KeywordSettings.DEFAULT.with(Map.of("keyword.cell", "lstm", "keyword.bidirectional", "false"));
        ClassifierShape shape = settings.architecture().shape(new SpectrumSpec(16_000, 16_000, 255, 128, 40), 8);
        assertThat(shape.cell()).isEqualTo(Cell.LSTM);
        assertThat(shape.bidirectional()).isFalse();
        assertThat(settings.asMap()).containsEntry("cell", "lstm").containsEntry("bidirectional", "false");
        assertThat(KeywordSettings.DEFAULT.asMap()).containsEntry("cell", "gru").containsEntry("bidirectional", "true");
    }

    @Test
    void theShippedNetworkStatesBothKinds() {
        assertThat(KeywordSettings.DEFAULT.of(NetworkFile.load("speech"))).isNotNull();
        assertThat(TrainingSettings.DEFAULT.of(NetworkFile.load("speech")).embedding())
                .isZero();
    }
}
