package dev.headwater.benchmarks.kernel;

import dev.headwater.benchmarks.ReferenceModel;
import dev.headwater.benchmarks.turns.Halves;
import dev.headwater.kernels.Seq2SeqGru;
import dev.headwater.kernels.Seq2SeqShape;

/// Our kernels, on one thread or two.
final class VectorGru implements Implementation {

    /// Windows of the widest vectors: both threads but one end of the batch work on whole vectors.
    private static final int LANES = 16;

    private final Seq2SeqShape shape = ReferenceModel.SHAPE;
    private final Seq2SeqGru gru = new Seq2SeqGru(shape, ReferenceModel.parameters());
    private final Halves halves = new Halves();
    private final int windows;
    private final int first; // windows of the caller's thread
    private final float[] rows; // [window][rowLength]
    private final float[] out; // [window][horizon]

    VectorGru(int windows, int threads) {
        this.windows = windows;
        this.first = threads == 1 ? windows : Math.ceilDiv(windows, 2 * LANES) * LANES;
        this.rows = ReferenceModel.rows(windows);
        this.out = new float[windows * shape.horizon()];
    }

    @Override
    public String name() {
        return "headwater";
    }

    @Override
    public void run() {
        if (first == windows) {
            forward(0, windows);
        } else {
            halves.run(() -> forward(0, first), () -> forward(first, windows - first));
        }
    }

    private void forward(int from, int count) {
        gru.forward(rows, from, count, out, from * shape.horizon());
    }

    @Override
    public float[] forecasts() {
        return out.clone();
    }

    @Override
    public void close() {
        halves.close();
    }
}
