package dev.headwater.trainer.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

class FloatsTest {

    private static final int BATCH = 3;
    private static final int UNITS = 4;
    private static final int STEPS = 37;

    private static float value(int b, int unit, int step) {
        return b * 1000 + unit * 100 + step;
    }

    private static float[] byStep() {
        float[] values = new float[BATCH * STEPS * UNITS];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(i / UNITS / STEPS, i % UNITS, i / UNITS % STEPS);
        }
        return values;
    }

    /// The same `[batch, unit, step]` in every layout that DL4J hands on.
    private static List<INDArray> layouts() {
        INDArray plain = Nd4j.create(DataType.FLOAT, BATCH, UNITS, STEPS);
        for (int b = 0; b < BATCH; b++) {
            for (int unit = 0; unit < UNITS; unit++) {
                for (int step = 0; step < STEPS; step++) {
                    plain.putScalar(b, unit, step, value(b, unit, step));
                }
            }
        }
        INDArrayIndex all = NDArrayIndex.all();
        INDArray half = Nd4j.concat(1, plain.mul(2), plain).get(all, NDArrayIndex.interval(UNITS, 2 * UNITS), all);
        INDArray few = Nd4j.concat(2, plain.mul(2), plain, plain, plain, plain, plain)
                .get(all, all, NDArrayIndex.interval(STEPS, 2 * STEPS));
        return List.of(plain, plain.dup('f'), plain.permute(0, 2, 1).dup().permute(0, 2, 1), half, few);
    }

    @Test
    void readsSequencesOfAnyLayout() {
        for (INDArray array : layouts()) {
            // When
            float[] values = Floats.readByStep(array, new float[0]);
            // Then
            assertThat(values).isEqualTo(byStep());
            assertThat(Floats.readByStep(array, values)).isSameAs(values);
        }
        assertThat(Floats.readByStep(layouts().getFirst().castTo(DataType.DOUBLE), new float[0]))
                .isEqualTo(byStep());
    }

    @Test
    void writesSequences() {
        // Given
        INDArray array = Nd4j.create(DataType.FLOAT, BATCH, UNITS, STEPS);
        // When
        Floats.writeByStep(byStep(), array);
        // Then
        assertThat(array).isEqualTo(layouts().getFirst());
    }
}
