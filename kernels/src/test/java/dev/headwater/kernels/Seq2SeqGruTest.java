package dev.headwater.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Seq2SeqGruTest {
    private static final int[] BATCHES = {1, 2, 3, 4, 5, 15, 16, 17, 63, 64, 65, 130};

    static List<Seq2SeqShape> shapes() {
        return Windows.shapes();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void forecastsAsThePlainNetworkInAnyBatch(Seq2SeqShape shape) {
        // Given
        float[] parameters = Windows.parameters(shape, 11);
        float[] rows = Windows.rows(shape, 130, 12);
        Seq2SeqGru network = new Seq2SeqGru(shape, parameters);
        double[] exact = PlainGru.toDouble(parameters);
        for (int batch : BATCHES) {
            // When
            float[] forecasts = new float[batch * shape.horizon()];
            network.forward(rows, 0, batch, forecasts, 0);
            // Then
            for (int row = 0; row < batch; row++) {
                double[] expected = PlainGru.forecast(shape, exact, rows, row);
                for (int t = 0; t < shape.horizon(); t++) {
                    assertThat((double) forecasts[row * shape.horizon() + t]).isCloseTo(expected[t], within(2e-5));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void givesAWindowTheSameBitsAloneInAnyBatchAndInTraining(Seq2SeqShape shape) {
        // Given
        float[] parameters = Windows.parameters(shape, 21);
        float[] rows = Windows.rows(shape, 200, 22);
        Seq2SeqGru network = new Seq2SeqGru(shape, parameters);
        int horizon = shape.horizon();
        float[] alone = new float[200 * horizon];
        for (int row = 0; row < 200; row++) {
            network.forward(rows, row, 1, alone, row * horizon);
        }
        for (int batch : BATCHES) {
            // When
            int first = 200 - batch;
            float[] together = new float[batch * horizon + 3];
            network.forward(rows, first, batch, together, 3);
            // Then
            assertThat(Arrays.copyOfRange(together, 3, together.length))
                    .isEqualTo(Arrays.copyOfRange(alone, first * horizon, 200 * horizon));
        }
        try (Seq2SeqTraining training = new Seq2SeqTraining(shape, 2)) {
            training.setParameters(parameters);
            assertThat(training.forward(rows, 200)).isEqualTo(alone);
        }
    }

    @Test
    void servesSeveralThreadsAtOnce() throws Exception {
        // Given
        Seq2SeqShape shape = Windows.shapes().get(3);
        float[] rows = Windows.rows(shape, 90, 32);
        Seq2SeqGru network = new Seq2SeqGru(shape, Windows.parameters(shape, 31));
        float[] expected = new float[90 * shape.horizon()];
        network.forward(rows, 0, 90, expected, 0);
        // When
        List<Future<float[]>> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            for (int i = 0; i < 60; i++) {
                int split = 1 + i;
                results.add(threads.submit(() -> {
                    float[] out = new float[expected.length];
                    network.forward(rows, 0, split, out, 0);
                    network.forward(rows, split, 90 - split, out, split * shape.horizon());
                    return out;
                }));
            }
        }
        // Then
        for (Future<float[]> result : results) {
            assertThat(result.get()).isEqualTo(expected);
        }
    }

    @Test
    void copiesItsParameters() {
        // Given
        Seq2SeqShape shape = Windows.shapes().get(1);
        float[] parameters = Windows.parameters(shape, 41);
        float[] rows = Windows.rows(shape, 20, 42);
        Seq2SeqGru network = new Seq2SeqGru(shape, parameters);
        float[] before = new float[20 * shape.horizon()];
        network.forward(rows, 0, 20, before, 0);
        // When
        Arrays.fill(parameters, 1f);
        // Then
        float[] after = new float[20 * shape.horizon()];
        network.forward(rows, 0, 20, after, 0);
        assertThat(after).isEqualTo(before);
    }

    @Test
    void lastDecoderInputReachesTheLastForecastOnly() {
        // Given
        Seq2SeqShape shape = Windows.shapes().get(2);
        float[] rows = Windows.rows(shape, 1, 52);
        Seq2SeqGru network = new Seq2SeqGru(shape, Windows.parameters(shape, 51));
        float[] before = new float[shape.horizon()];
        network.forward(rows, 0, 1, before, 0);
        // When
        rows[shape.idsOffset() - 1] += 1f;
        // Then
        float[] after = new float[shape.horizon()];
        network.forward(rows, 0, 1, after, 0);
        int last = shape.horizon() - 1;
        assertThat(Arrays.copyOf(after, last)).isEqualTo(Arrays.copyOf(before, last));
        assertThat(after[last]).isNotEqualTo(before[last]);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void turnsNaNIntoNaNForItsOwnWindowOnly(Seq2SeqShape shape) {
        // Given
        float[] rows = Windows.rows(shape, 70, 62);
        Seq2SeqGru network = new Seq2SeqGru(shape, Windows.parameters(shape, 61));
        float[] clean = new float[70 * shape.horizon()];
        network.forward(rows, 0, 70, clean, 0);
        for (int spoilt : new int[] {0, 33, 69}) {
            for (int at : new int[] {shape.encoderOffset(), shape.baseOffset(), shape.scaleOffset()}) {
                // When: a NaN with a payload, as raw bytes can hold
                float[] broken = rows.clone();
                broken[spoilt * shape.rowLength() + at] = Float.intBitsToFloat(0x7fc00001);
                float[] forecasts = new float[70 * shape.horizon()];
                network.forward(broken, 0, 70, forecasts, 0);
                // Then
                float[] expected = clean.clone();
                Arrays.fill(expected, spoilt * shape.horizon(), (spoilt + 1) * shape.horizon(), Float.NaN);
                assertThat(forecasts).isEqualTo(expected);
            }
        }
    }

    @Test
    void refusesIdsThatAreNoRow() {
        // Given
        Seq2SeqShape shape = Windows.shapes().get(1);
        Seq2SeqGru network = new Seq2SeqGru(shape, Windows.parameters(shape, 71));
        for (float id : new float[] {-1f, 3f, 0.5f, Float.NaN}) {
            for (int batch : new int[] {1, 40}) {
                float[] rows = Windows.rows(shape, batch, 72);
                rows[(batch - 1) * shape.rowLength() + shape.idsOffset()] = id;
                // When / Then
                assertThatThrownBy(() -> network.forward(rows, 0, batch, new float[batch * shape.horizon()], 0))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("id of embedding sensor must be a whole number from 0 to 2, found " + id);
            }
        }
    }

    @Test
    void refusesArraysThatAreTooShort() {
        // Given
        Seq2SeqShape shape = Windows.shapes().get(1);
        Seq2SeqGru network = new Seq2SeqGru(shape, Windows.parameters(shape, 81));
        float[] rows = Windows.rows(shape, 4, 82);
        float[] out = new float[4 * shape.horizon()];
        // When / Then
        assertThatThrownBy(() -> network.forward(rows, 1, 4, out, 0)).hasMessageContaining("rows must hold windows");
        assertThatThrownBy(() -> network.forward(rows, 0, 4, out, 1)).hasMessageContaining("forecasts must hold");
        assertThatThrownBy(() -> network.forward(rows, -1, 1, out, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Seq2SeqGru(shape, new float[7])).hasMessageContaining("found 7");
    }
}
