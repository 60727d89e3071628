package dev.headwater.benchmarks;

import dev.headwater.kernels.Seq2SeqShape;
import java.util.List;
import java.util.Random;

/// The default network of a road network of 16 sensors, random weights, and random windows for it.
final class RoadModel {

    static final Seq2SeqShape SHAPE = new Seq2SeqShape(
            12,
            12,
            4,
            2,
            64,
            List.of(
                    new Seq2SeqShape.Embedding("sensor", 17, 8),
                    new Seq2SeqShape.Embedding("time_of_day", 288, 8),
                    new Seq2SeqShape.Embedding("day_of_week", 7, 8)));

    private RoadModel() {}

    /// `[windows][row length]`.
    static float[] rows(int windows, long seed) {
        Random random = new Random(seed);
        float[] rows = new float[windows * SHAPE.rowLength()];
        for (int w = 0; w < windows; w++) {
            int at = w * SHAPE.rowLength();
            for (int i = 0; i < SHAPE.idsOffset(); i++) {
                rows[at + i] = (float) random.nextGaussian();
            }
            for (int e = 0; e < SHAPE.embeddings().size(); e++) {
                rows[at + SHAPE.idsOffset() + e] =
                        random.nextInt(SHAPE.embeddings().get(e).rows());
            }
            rows[at + SHAPE.baseOffset()] = 60;
            rows[at + SHAPE.scaleOffset()] = 10;
        }
        return rows;
    }
}
