package dev.headwater.bus;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ModelTopicTest {

    @Test
    void whatIsNoModelIsRefusedBeforeAnyBrokerIsAsked() {
        // Given
        ClientConfig nobody = ClientConfig.of("localhost:1");
        byte[] text = "a model".getBytes(StandardCharsets.UTF_8);

        // Then
        assertThatThrownBy(() -> ModelTopic.publish(nobody, text, "model.zip"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("model.zip: no Headwater model: not a zip file");
    }

    @Test
    void aModelMustFitIntoARecord() {
        // Given
        int room = (16 << 20) - (128 << 10);

        // Then
        assertThatCode(() -> ModelTopic.requireRoom(room, "model.zip")).doesNotThrowAnyException();
        assertThatThrownBy(() -> ModelTopic.requireRoom(room + 1, "model.zip"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("model.zip: a model on headwater.models.v1 must have at most " + room + " bytes, found "
                        + (room + 1));
    }
}
