package dev.headwater.forecasting.artefact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.artefact.Safetensors.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {

    private static byte[] file(String header, float... values) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out =
                ByteBuffer.allocate(8 + json.length + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(json.length).put(json);
        out.asFloatBuffer().put(values);
        return out.array();
    }

    @Test
    void bringsTensorsBack() {
        // Given
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("b \"quoted\"", new Tensor(List.of(2, 3), new float[] {1, -0f, Float.NaN, 4, Float.MIN_VALUE, 6}));
        tensors.put("scalar", new Tensor(List.of(), new float[] {7}));
        tensors.put("empty", new Tensor(List.of(0, 5), new float[0]));
        tensors.put("a", new Tensor(List.of(2), new float[] {8, 9}));

        // When
        Map<String, Tensor> back = Safetensors.read(Safetensors.write(tensors), "test");

        // Then
        assertThat(back.keySet()).containsExactlyElementsOf(tensors.keySet());
        tensors.forEach((name, tensor) -> {
            assertThat(back.get(name).shape()).isEqualTo(tensor.shape());
            assertThat(back.get(name).values()).isEqualTo(tensor.values());
        });
    }

    @Test
    void readsWhatPythonWrites() {
        // Given: metadata, padding spaces before the data, names in any order
        byte[] file = file(
                "{\"__metadata__\":{\"format\":\"pt\"},"
                        + "\"y\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]},"
                        + "\"x\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]}}   ",
                1,
                2,
                3);

        // When
        Map<String, Tensor> tensors = Safetensors.read(file, "test");

        // Then
        assertThat(tensors).containsOnlyKeys("x", "y");
        assertThat(tensors.get("x").values()).containsExactly(1, 2);
        assertThat(tensors.get("y").values()).containsExactly(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"x\":null}",
                "{\"x\":3}",
                "{\"x\":{}}",
                "{\"x\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,8]}}",
                "{\"x\":{\"dtype\":\"F32\",\"data_offsets\":[0,8]}}",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[2]}}",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0]}}",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,null]}}",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[null],\"data_offsets\":[0,8]}}",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,12]}}",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,7]}}",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-8,0]}}",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4294967304]}}",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[2147483647,2147483647,2147483647],\"data_offsets\":[0,8]}}",
            })
    void refusesAHeaderThatDoesNotFit(String header) {
        // Given
        byte[] file = file(header, 1, 2);

        // Then
        assertThatThrownBy(() -> readWhole(file)).isInstanceOf(InvalidInputException.class);
    }

    /// Some headers contain no tensor; then the missing x is the failure.
    private static Tensor readWhole(byte[] file) {
        Tensor x = Safetensors.read(file, "test").get("x");
        if (x == null) {
            throw new InvalidInputException("no x");
        }
        return x;
    }

    @Test
    void refusesEveryTruncationAndAnAbsurdLength() {
        // Given
        byte[] whole = Safetensors.write(Map.of("x", new Tensor(List.of(2), new float[] {1, 2})));
        byte[] absurd = whole.clone();
        absurd[7] = 0x7f;
        byte[] negative = whole.clone();
        negative[7] = -1;

        // Then
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> Safetensors.read(cut, "test")).isInstanceOf(InvalidInputException.class);
        }
        assertThatThrownBy(() -> Safetensors.read(absurd, "test")).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> Safetensors.read(negative, "test")).isInstanceOf(InvalidInputException.class);
    }
}
