package dev.headwater.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.kernels.Seq2SeqShape.Embedding;
import dev.headwater.kernels.Seq2SeqShape.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class Seq2SeqShapeTest {
    @Test
    void laysTensorsOutOneAfterTheOther() {
        // Given
        Seq2SeqShape shape = Windows.roadShape();
        // When
        List<Tensor> tensors = shape.tensors();
        // Then
        int offset = 0;
        for (Tensor tensor : tensors) {
            assertThat(tensor.offset()).as(tensor.name()).isEqualTo(offset);
            offset = tensor.end();
        }
        assertThat(offset).isEqualTo(shape.parameterCount());
        assertThat(tensors.stream().map(tensor -> tensor.name() + " " + tensor.rows() + "x" + tensor.columns()))
                .containsExactly(
                        "embedding.sensor.weight 16x8",
                        "embedding.slot.weight 288x8",
                        "embedding.weekday.weight 7x4",
                        "encoder.weight_ih 192x24",
                        "encoder.weight_hh 192x64",
                        "encoder.bias_ih 192x1",
                        "encoder.bias_hh 192x1",
                        "decoder.weight_ih 192x86",
                        "decoder.weight_hh 192x64",
                        "decoder.bias_ih 192x1",
                        "decoder.bias_hh 192x1",
                        "head.weight 1x64",
                        "head.bias 1x1");
    }

    @Test
    void packsAWindowWithoutGaps() {
        // Given
        Seq2SeqShape shape = Windows.roadShape();
        // When / Then
        assertThat(shape.encoderOffset()).isZero();
        assertThat(shape.decoderOffset()).isEqualTo(48);
        assertThat(shape.idsOffset()).isEqualTo(72);
        assertThat(shape.baseOffset()).isEqualTo(75);
        assertThat(shape.scaleOffset()).isEqualTo(76);
        assertThat(shape.rowLength()).isEqualTo(77);
    }

    @Test
    void initialisesBySeedWithinBounds() {
        // Given
        Seq2SeqShape shape = Windows.roadShape();
        // When
        float[] parameters = shape.initialise(7);
        // Then
        assertThat(parameters).isEqualTo(shape.initialise(7)).isNotEqualTo(shape.initialise(8));
        for (Tensor tensor : shape.tensors()) {
            double largest = 0;
            for (int i = tensor.offset(); i < tensor.end(); i++) {
                largest = Math.max(largest, Math.abs(parameters[i]));
            }
            boolean gru = tensor.name().startsWith("encoder") || tensor.name().startsWith("decoder");
            assertThat(largest).as(tensor.name()).isLessThanOrEqualTo(gru ? 0.125 : 0.6);
            assertThat(largest == 0).as(tensor.name()).isEqualTo(tensor.name().equals("head.bias"));
        }
    }

    @Test
    void refusesShapesThatCannotBe() {
        List<Embedding> none = List.of();
        assertThatThrownBy(() -> new Seq2SeqShape(12, 12, 4, 2, 6, none))
                .hasMessage("hidden must be a multiple of 4, found 6");
        assertThatThrownBy(() -> new Seq2SeqShape(12, 12, 4, 2, 0, none))
                .hasMessage("hidden must be at least 4, found 0");
        assertThatThrownBy(() -> new Seq2SeqShape(0, 12, 4, 2, 8, none))
                .hasMessage("lookback must be at least 1, found 0");
        assertThatThrownBy(() -> new Seq2SeqShape(12, 0, 4, 2, 8, none)).hasMessageContaining("horizon");
        assertThatThrownBy(() -> new Seq2SeqShape(12, 12, 0, 2, 8, none)).hasMessageContaining("encoderInputs");
        assertThatThrownBy(() -> new Seq2SeqShape(12, 12, 4, -1, 8, none)).hasMessageContaining("decoderInputs");
        assertThatThrownBy(() -> new Embedding("slot", 0, 8))
                .hasMessage("embedding slot rows must be at least 1, found 0");
        Embedding slot = new Embedding("slot", 2, 2);
        assertThatThrownBy(() -> new Seq2SeqShape(12, 12, 4, 2, 8, List.of(slot, slot)))
                .hasMessageContaining("distinct names");
    }
}
