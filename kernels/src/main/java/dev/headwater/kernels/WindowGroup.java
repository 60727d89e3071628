package dev.headwater.kernels;

import dev.headwater.kernels.internal.GroupGru;
import dev.headwater.kernels.internal.Head;
import java.util.Arrays;

/// Forward pass of the whole network for a group of 1, 2 or 4 windows, where they are too few to fill a
/// tile.
final class WindowGroup {

    /// A thread's buffers.
    static final class Buffers {
        /// `[4][windows][slot]`
        private final float[] constant;

        /// `[4][windows][slot]`
        private final float[] gates;

        /// `[windows][rowSize]`: inputs and states of the encoder
        private final float[] encoded;

        /// `[windows][rowSize]`: inputs and states of the decoder
        private final float[] decoded;

        /// `[windows][contextWidth]`
        private final float[] context;

        private final int[] tableRows;

        private Buffers(WindowGroup group) {
            Seq2SeqShape shape = group.shape;
            int widest = GroupGru.widest(shape.hidden());
            int gates = 4 * widest * GroupGru.slotSize(shape.hidden());
            this.constant = new float[gates];
            this.gates = new float[gates];
            this.encoded = new float[widest * group.encoder.rowSize()];
            this.decoded = new float[widest * group.decoder.rowSize()];
            this.context = new float[widest * group.contextWidth];
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
    private final int contextWidth;

    WindowGroup(Seq2SeqShape shape, EmbeddingTables tables, float[] parameters) {
        this.shape = shape;
        this.tables = tables;
        this.parameters = parameters;
        this.encoder = new GroupGru(shape.encoder(), parameters);
        this.decoder = new GroupGru(shape.decoder(), parameters);
        this.headOffset = shape.headOffset();
        this.rowLength = shape.rowLength();
        this.contextWidth = shape.contextWidth();
    }

    Buffers newBuffers() {
        return new Buffers(this);
    }

    /// Forecasts packed rows from `row` on into `out`, `[windows][horizon]` from `outOffset`.
    ///
    /// @param windows 1, 2 or 4, at most [GroupGru#widest]
    void run(float[] rows, int row, int windows, Buffers buffers, float[] out, int outOffset) {
        int at = row * rowLength;
        for (int window = 0; window < windows; window++) {
            tables.readRows(rows, at + window * rowLength, buffers.tableRows, 0);
            tables.gather(parameters, buffers.tableRows, 0, buffers.context, window * contextWidth, 1);
        }
        encode(rows, at + shape.encoderOffset(), windows, buffers);
        decode(rows, at, windows, buffers, out, outOffset);
    }

    private void encode(float[] rows, int inputsAt, int windows, Buffers buffers) {
        float[] constant = buffers.constant;
        Arrays.fill(buffers.encoded, 0f);
        encoder.begin(windows, constant);
        encoder.addConstant(windows, 0, contextWidth, buffers.context, 0, contextWidth, constant);
        for (int step = 0; step < shape.lookback(); step++) {
            int input = inputsAt + step * shape.encoderInputs();
            encoder.step(windows, rows, input, rowLength, constant, buffers.gates, buffers.encoded, step);
        }
    }

    private void decode(float[] rows, int at, int windows, Buffers buffers, float[] out, int outOffset) {
        beginDecoder(windows, buffers);
        for (int step = 0; step < shape.horizon(); step++) {
            int input = at + shape.decoderOffset() + step * shape.decoderInputs();
            decoder.step(windows, rows, input, rowLength, buffers.constant, buffers.gates, buffers.decoded, step);
            for (int window = 0; window < windows; window++) {
                int row = at + window * rowLength;
                int forecast = outOffset + window * shape.horizon() + step;
                float output = output(buffers.decoded, window * decoder.rowSize() + decoder.stateAt());
                out[forecast] = rows[row + shape.baseOffset()] + rows[row + shape.scaleOffset()] * output;
            }
        }
    }

    private void beginDecoder(int windows, Buffers buffers) {
        int hidden = shape.hidden();
        float[] constant = buffers.constant;
        int from = encoder.stateAt();
        int stride = encoder.rowSize();
        decoder.begin(windows, constant);
        decoder.addConstant(windows, 0, contextWidth, buffers.context, 0, contextWidth, constant);
        decoder.addConstant(windows, contextWidth, hidden, buffers.encoded, from, stride, constant);
        for (int window = 0; window < windows; window++) {
            int to = window * decoder.rowSize() + decoder.stateAt();
            System.arraycopy(buffers.encoded, window * stride + from, buffers.decoded, to, hidden);
        }
    }

    private float output(float[] state, int stateAt) {
        int hidden = shape.hidden();
        return Head.forward(parameters, headOffset, hidden, parameters[headOffset + hidden], state, stateAt);
    }
}
