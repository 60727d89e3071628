package dev.headwater.kernels;

import dev.headwater.kernels.internal.Head;
import dev.headwater.kernels.internal.OneWindowGru;
import java.util.Arrays;

/// Forward pass of the whole network for a single window, where a tile would leave most lanes empty.
final class OneWindow {

    /// A thread's buffers.
    static final class Buffers {
        /// `[slot]`: the encoder's state, then the decoder's
        private final float[] state;

        /// `[3][slot]`
        private final float[] constant;

        /// `[4][slot]`
        private final float[] gates;

        /// `[contextWidth]`
        private final float[] context;

        private final int[] tableRows;

        Buffers(Seq2SeqShape shape) {
            int slot = OneWindowGru.slotSize(shape.hidden());
            this.state = new float[slot];
            this.constant = new float[3 * slot];
            this.gates = new float[4 * slot];
            this.context = new float[shape.contextWidth()];
            this.tableRows = new int[shape.embeddings().size()];
        }
    }

    private final Seq2SeqShape shape;
    private final EmbeddingTables tables;
    private final float[] parameters;
    private final OneWindowGru encoder;
    private final OneWindowGru decoder;
    private final int headOffset;
    private final int rowLength;

    OneWindow(Seq2SeqShape shape, EmbeddingTables tables, float[] parameters) {
        this.shape = shape;
        this.tables = tables;
        this.parameters = parameters;
        this.encoder = new OneWindowGru(shape.encoder(), parameters);
        this.decoder = new OneWindowGru(shape.decoder(), parameters);
        this.headOffset = shape.headOffset();
        this.rowLength = shape.rowLength();
    }

    /// Forecasts one packed row into `out`, `[horizon]` from `outOffset`.
    void run(float[] rows, int row, Buffers buffers, float[] out, int outOffset) {
        int at = row * rowLength;
        tables.readRows(rows, at, buffers.tableRows, 0);
        tables.gather(parameters, buffers.tableRows, 0, buffers.context, 0, 1);
        encode(rows, at + shape.encoderOffset(), buffers);
        decode(rows, at, buffers, out, outOffset);
    }

    private void encode(float[] rows, int inputsAt, Buffers buffers) {
        Arrays.fill(buffers.state, 0f);
        encoder.begin(buffers.constant);
        encoder.addConstant(shape.encoderInputs(), buffers.context.length, buffers.context, 0, buffers.constant);
        for (int step = 0; step < shape.lookback(); step++) {
            int input = inputsAt + step * shape.encoderInputs();
            encoder.step(rows, input, buffers.constant, buffers.gates, buffers.state, step);
        }
    }

    private void decode(float[] rows, int at, Buffers buffers, float[] out, int outOffset) {
        int hidden = shape.hidden();
        int contextFrom = shape.decoderInputs();
        int contextWidth = buffers.context.length;
        decoder.begin(buffers.constant);
        decoder.addConstant(contextFrom, contextWidth, buffers.context, 0, buffers.constant);
        decoder.addConstant(contextFrom + contextWidth, hidden, buffers.state, 0, buffers.constant);
        float base = rows[at + shape.baseOffset()];
        float scale = rows[at + shape.scaleOffset()];
        float bias = parameters[headOffset + hidden];
        for (int step = 0; step < shape.horizon(); step++) {
            int input = at + shape.decoderOffset() + step * shape.decoderInputs();
            decoder.step(rows, input, buffers.constant, buffers.gates, buffers.state, step);
            float output = Head.forward(parameters, headOffset, hidden, bias, buffers.state, 0);
            out[outOffset + step] = base + scale * output;
        }
    }
}
