package dev.headwater.kernels;

import dev.headwater.kernels.internal.GroupGru;
import dev.headwater.kernels.internal.Head;
import java.util.Arrays;

/// Forward pass of the whole network for a group of 1, 2 or 4 windows, where a tile would leave lanes empty.
final class WindowGroup {

    /// A thread's buffers.
    static final class Buffers {
        /// `[windows][slot]`: the encoder's state, then the decoder's
        private final float[] state;

        /// `[4][windows][slot]`
        private final float[] constant;

        /// `[4][windows][slot]`
        private final float[] gates;

        /// `[windows][inputs + hidden]` of the encoder or the decoder
        private final float[] row;

        /// `[windows][contextWidth]`
        private final float[] context;

        private final int[] tableRows;

        Buffers(Seq2SeqShape shape) {
            int widest = GroupGru.widest(shape.hidden());
            int slot = GroupGru.slotSize(shape.hidden());
            int inputs = Math.max(shape.encoderInputs(), shape.decoderInputs());
            this.state = new float[widest * slot];
            this.constant = new float[4 * widest * slot];
            this.gates = new float[4 * widest * slot];
            this.row = new float[widest * (inputs + shape.hidden())];
            this.context = new float[widest * shape.contextWidth()];
            this.tableRows = new int[shape.embeddings().size()];
        }
    }

    private final Seq2SeqShape shape;
    private final EmbeddingTables tables;
    private final float[] parameters;
    private final GroupGru encoder;
    private final GroupGru decoder;
    private final int headOffset;
    private final int rowLength;
    private final int slot;

    WindowGroup(Seq2SeqShape shape, EmbeddingTables tables, float[] parameters) {
        this.shape = shape;
        this.tables = tables;
        this.parameters = parameters;
        this.encoder = new GroupGru(shape.encoder(), parameters);
        this.decoder = new GroupGru(shape.decoder(), parameters);
        this.headOffset = shape.headOffset();
        this.rowLength = shape.rowLength();
        this.slot = GroupGru.slotSize(shape.hidden());
    }

    /// Forecasts packed rows from `row` on into `out`, `[windows][horizon]` from `outOffset`.
    ///
    /// @param windows 1, 2 or 4, at most [GroupGru#widest]
    void run(float[] rows, int row, int windows, Buffers buffers, float[] out, int outOffset) {
        int at = row * rowLength;
        for (int window = 0; window < windows; window++) {
            tables.readRows(rows, at + window * rowLength, buffers.tableRows, 0);
            tables.gather(parameters, buffers.tableRows, 0, buffers.context, window * shape.contextWidth(), 1);
        }
        encode(rows, at + shape.encoderOffset(), windows, buffers);
        decode(rows, at, windows, buffers, out, outOffset);
    }

    private void encode(float[] rows, int inputsAt, int windows, Buffers buffers) {
        int contextWidth = shape.contextWidth();
        Arrays.fill(buffers.state, 0f);
        encoder.begin(windows, buffers.constant);
        encoder.addConstant(windows, 0, contextWidth, buffers.context, contextWidth, buffers.constant);
        for (int step = 0; step < shape.lookback(); step++) {
            int input = inputsAt + step * shape.encoderInputs();
            step(encoder, rows, input, windows, buffers, step);
        }
    }

    private void decode(float[] rows, int at, int windows, Buffers buffers, float[] out, int outOffset) {
        int contextWidth = shape.contextWidth();
        decoder.begin(windows, buffers.constant);
        decoder.addConstant(windows, 0, contextWidth, buffers.context, contextWidth, buffers.constant);
        decoder.addConstant(windows, contextWidth, shape.hidden(), buffers.state, slot, buffers.constant);
        for (int step = 0; step < shape.horizon(); step++) {
            int input = at + shape.decoderOffset() + step * shape.decoderInputs();
            step(decoder, rows, input, windows, buffers, step);
            for (int window = 0; window < windows; window++) {
                float output = output(buffers.state, window * slot);
                int from = at + window * rowLength;
                out[outOffset + window * shape.horizon() + step] =
                        rows[from + shape.baseOffset()] + rows[from + shape.scaleOffset()] * output;
            }
        }
    }

    private void step(GroupGru gru, float[] rows, int input, int windows, Buffers buffers, int step) {
        gru.step(
                windows, rows, input, rowLength, buffers.constant, buffers.row, buffers.gates, buffers.state, step);
    }

    private float output(float[] state, int stateAt) {
        int hidden = shape.hidden();
        return Head.forward(parameters, headOffset, hidden, parameters[headOffset + hidden], state, stateAt);
    }
}
