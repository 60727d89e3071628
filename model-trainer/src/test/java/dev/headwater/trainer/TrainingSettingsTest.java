package dev.headwater.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.NetworkFile;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingSettingsTest {

    private static final TrainingSettings DEFAULT = TrainingSettings.DEFAULT;

    static Stream<Arguments> bad() {
        return Stream.of(
                bad(s -> s.with("hidden", 6), "hidden must be a multiple of 4 up to 4096, found 6"),
                bad(s -> s.with("batch", 0), "batch must be from 1 to 1048576, found 0"),
                bad(s -> s.with("learningRate", 0), "learningRate must be above 0 and at most 1, found 0.0"),
                bad(s -> s.with("learningRate", Double.NaN), "learningRate must be above 0 and at most 1, found NaN"),
                bad(s -> s.with("epochs", 0), "epochs must be from 1 to 10000, found 0"),
                bad(s -> s.with("windowsPerEpoch", -1), "windowsPerEpoch must be 0 (all) or more, found -1"));
    }

    private static Arguments bad(Function<TrainingSettings, TrainingSettings> change, String message) {
        return Arguments.of(change, message);
    }

    @ParameterizedTest
    @MethodSource("bad")
    void refusesWhatMakesNoSense(Function<TrainingSettings, TrainingSettings> change, String message) {
        // When a setting is changed to nonsense, then the message names it, its rule and the value
        assertThatThrownBy(() -> change.apply(DEFAULT))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("training setting " + message);
    }

    @Test
    void tellsEverySettingByName() {
        // When settings are listed, then each component is there under its name
        assertThat(DEFAULT.asMap().keySet())
                .containsExactlyElementsOf(Arrays.stream(TrainingSettings.class.getRecordComponents())
                        .map(component -> component.getName())
                        .toList());
        assertThat(DEFAULT.withSeed(17).asMap()).containsEntry("seed", "17");
    }

    @Test
    void takesSettingsByName() {
        // When
        TrainingSettings changed = DEFAULT.with(Map.of("embedding", "0", "inputDropout", "0.25", "stride", "6"));

        // Then
        assertThat(changed.embedding()).isZero();
        assertThat(changed.inputDropout()).isEqualTo(0.25);
        assertThat(changed.stride()).isEqualTo(6);
        assertThat(changed.with(DEFAULT.asMap())).isEqualTo(DEFAULT);
        assertThatThrownBy(() -> DEFAULT.with(Map.of("hiden", "8")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("unknown training setting 'hiden' (did you mean 'hidden'?)");
        assertThatThrownBy(() -> DEFAULT.with(Map.of("epochs", "many")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("training setting epochs must be a whole number, found 'many'");
    }

    @Test
    void takesASchedule() {
        // When
        TrainingSettings changed = DEFAULT.with(Map.of("schedule", "plateau", "averaging", "0.999", "dropout", "0.1"));

        // Then
        assertThat(changed.schedule()).isEqualTo(LearningRateSchedule.PLATEAU);
        assertThat(changed.averaging()).isEqualTo(0.999);
        assertThat(changed.dropout()).isEqualTo(0.1);
        assertThatThrownBy(() -> DEFAULT.with(Map.of("schedule", "one-cicle")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("training setting schedule must be one of one-cycle, plateau, constant, found 'one-cicle'"
                        + " (did you mean 'one-cycle'?)");
        assertThatThrownBy(() -> DEFAULT.with(Map.of("averaging", "1")))
                .hasMessage("training setting averaging must be from 0 (none) to below 1, found 1.0");
    }

    @Test
    void takesTheSettingsOfANetwork() {
        // When
        TrainingSettings settings = DEFAULT.of(NetworkFile.load("jena"));

        // Then: a single station needs no embedding
        assertThat(settings.embedding()).isZero();
        assertThat(DEFAULT.of(NetworkFile.load("pems-bay", Map.of("training", "{}"))))
                .isEqualTo(DEFAULT);
        assertThatThrownBy(() -> DEFAULT.of(NetworkFile.load("jena", Map.of("training.batch", "0"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("network jena: training setting batch must be from 1 to 1048576, found 0");
    }

    @Test
    void aClassifiersSettingsAreThoseOfANetworkOfSoundAlone() {
        // When a network of readings states a setting of the classifier of words, then it is unknown
        assertThatThrownBy(() -> DEFAULT.of(NetworkFile.load("jena", Map.of("training", "{keyword.hidden: 8}"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("unknown training setting 'keyword.hidden'");

        // When a network of sound states one, then the forecaster ignores it
        assertThat(DEFAULT.of(NetworkFile.load("speech")).embedding()).isZero();
    }
}
