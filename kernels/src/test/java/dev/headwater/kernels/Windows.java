package dev.headwater.kernels;

import dev.headwater.kernels.Seq2SeqShape.Embedding;
import java.util.List;
import java.util.Random;

/// Seeded shapes, parameters and packed windows for the tests.
final class Windows {
    private Windows() {}

    /// The shape that the benchmarks measure.
    static Seq2SeqShape roadShape() {
        return new Seq2SeqShape(
                12,
                12,
                4,
                2,
                64,
                List.of(new Embedding("sensor", 16, 8), new Embedding("slot", 288, 8), new Embedding("weekday", 7, 4)));
    }

    /// Edge cases: one step, no decoder inputs, no embeddings, hidden sizes that do not fill a vector.
    static List<Seq2SeqShape> shapes() {
        return List.of(
                new Seq2SeqShape(1, 1, 1, 0, 4, List.of()),
                new Seq2SeqShape(3, 2, 2, 1, 8, List.of(new Embedding("sensor", 3, 1))),
                new Seq2SeqShape(2, 5, 5, 3, 20, List.of(new Embedding("a", 2, 3), new Embedding("b", 5, 4))),
                new Seq2SeqShape(4, 3, 3, 2, 64, List.of(new Embedding("slot", 288, 8))),
                roadShape());
    }

    static float[] parameters(Seq2SeqShape shape, long seed) {
        float[] parameters = shape.initialise(seed);
        Random random = new Random(seed + 1);
        for (int i = 0; i < parameters.length; i++) {
            // Larger than the small initial values, so that gates reach their curved parts and no term is
            // negligible.
            parameters[i] = 1.5f * parameters[i] + 0.05f * (float) random.nextGaussian();
        }
        return parameters;
    }

    static float[] rows(Seq2SeqShape shape, int count, long seed) {
        Random random = new Random(seed);
        float[] rows = new float[count * shape.rowLength()];
        for (int row = 0; row < count; row++) {
            int at = row * shape.rowLength();
            for (int i = 0; i < shape.idsOffset(); i++) {
                rows[at + i] = (float) random.nextGaussian();
            }
            for (int i = 0; i < shape.embeddings().size(); i++) {
                rows[at + shape.idsOffset() + i] =
                        random.nextInt(shape.embeddings().get(i).rows());
            }
            rows[at + shape.baseOffset()] = 2 * random.nextFloat();
            rows[at + shape.scaleOffset()] = 0.5f + random.nextFloat();
        }
        return rows;
    }

    static float[] gaussian(int size, long seed) {
        Random random = new Random(seed);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
