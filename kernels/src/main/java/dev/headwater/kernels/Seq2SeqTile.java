package dev.headwater.kernels;

import dev.headwater.kernels.internal.Lanes;
import dev.headwater.kernels.internal.StepTape;
import dev.headwater.kernels.internal.TileMask;
import java.util.Arrays;

/// The windows of one tile: their inputs, embeddings, activations and outputs, `[unit][width]` each.
final class Seq2SeqTile {
    private final Seq2SeqShape shape;
    private final EmbeddingTables tables;
    private final int rowLength;
    private final int contextWidth;

    final StepTape encoder;
    final StepTape decoder;

    /// `[paddedRows(contextWidth)][width]`
    final float[] context;

    /// `[horizon][width]`: the head's outputs; in the backward pass, their gradients
    final float[] outputs;

    /// `[window][embedding]`: offsets of table rows in the flat array
    private final int[] tableRows;

    /// `[window]`
    private final float[] base = new float[Lanes.WIDEST_TILE];

    /// `[window]`
    private final float[] scale = new float[Lanes.WIDEST_TILE];

    /// `[hidden][width]`: factors of the decoder's states as input of the head; empty until the first mask
    private float[] headMask = {};

    /// `[hidden][width]`: the masked decoder state of one step, the head's input
    private float[] headInput = {};

    private boolean headMasked;
    private int count;
    private int width;

    Seq2SeqTile(Seq2SeqShape shape, EmbeddingTables tables, boolean keeping) {
        this.shape = shape;
        this.tables = tables;
        this.rowLength = shape.rowLength();
        this.contextWidth = shape.contextWidth();
        this.encoder = new StepTape(shape.encoder().tape(), shape.lookback(), keeping);
        this.decoder = new StepTape(shape.decoder().tape(), shape.horizon(), keeping);
        this.context = new float[Lanes.paddedRows(contextWidth) * Lanes.WIDEST_TILE];
        this.outputs = new float[shape.horizon() * Lanes.WIDEST_TILE];
        this.tableRows = new int[tables.count() * Lanes.WIDEST_TILE];
    }

    /// Lanes of the tile.
    int width() {
        return width;
    }

    /// Loads `windows` packed rows, at most as many as the tile has lanes.
    void load(float[] rows, int firstRow, int windows, float[] parameters) {
        count = windows;
        width = Lanes.tileWidth(windows);
        headMasked = false;
        encoder.begin(width);
        decoder.begin(width);
        Arrays.fill(context, 0, Lanes.paddedRows(contextWidth) * width, 0f);
        int first = firstRow * rowLength;
        encoder.loadInputs(rows, first + shape.encoderOffset(), rowLength, shape.lookback(), windows);
        decoder.loadInputs(rows, first + shape.decoderOffset(), rowLength, shape.horizon(), windows);
        for (int lane = 0; lane < windows; lane++) {
            loadWindow(rows, first + lane * rowLength, lane, parameters);
        }
    }

    /// Loads the masks of the tile's windows, from `first` on; after [#load].
    void mask(DropoutMasks masks, int first) {
        int hidden = shape.hidden();
        if (masks.hasHead()) {
            loadHeadMask(masks.head(), first * hidden);
        }
        if (masks.hasRecurrent()) {
            encoder.beginMask();
            decoder.beginMask();
            for (int lane = 0; lane < count; lane++) {
                encoder.loadMask(masks.encoder(), (first + lane) * hidden, lane);
                decoder.loadMask(masks.decoder(), (first + lane) * hidden, lane);
            }
        }
    }

    private void loadHeadMask(float[] mask, int at) {
        int hidden = shape.hidden();
        if (headMask.length == 0) {
            headMask = new float[hidden * Lanes.WIDEST_TILE];
            headInput = new float[hidden * Lanes.WIDEST_TILE];
        }
        Arrays.fill(headMask, 0, hidden * width, 0f);
        for (int lane = 0; lane < count; lane++) {
            for (int unit = 0; unit < hidden; unit++) {
                headMask[unit * width + lane] = mask[at + lane * hidden + unit];
            }
        }
        headMasked = true;
    }

    boolean headMasked() {
        return headMasked;
    }

    /// The mask of the head's input, `[hidden][width]`.
    float[] headMask() {
        return headMask;
    }

    /// The decoder's states after `step`, masked if there is a mask; read them from [#headInputAt] of the step.
    float[] headInput(int step) {
        if (!headMasked) {
            return decoder.states();
        }
        TileMask.multiply(decoder.states(), decoder.stateAt(step + 1), headMask, headInput, 0, decoder.stateSize());
        return headInput;
    }

    int headInputAt(int step) {
        return headMasked ? 0 : decoder.stateAt(step + 1);
    }

    private void loadWindow(float[] rows, int at, int lane, float[] parameters) {
        int idsAt = lane * tables.count();
        tables.readRows(rows, at, tableRows, idsAt);
        tables.gather(parameters, tableRows, idsAt, context, lane, width);
        base[lane] = rows[at + shape.baseOffset()];
        scale[lane] = rows[at + shape.scaleOffset()];
    }

    /// Writes the windows' forecasts `[window][horizon]`, in the sensor's unit.
    void storeForecasts(float[] out, int outOffset) {
        int horizon = shape.horizon();
        for (int lane = 0; lane < count; lane++) {
            for (int step = 0; step < horizon; step++) {
                out[outOffset + lane * horizon + step] = base[lane] + scale[lane] * outputs[step * width + lane];
            }
        }
    }

    /// Turns gradients of the forecasts `[window][horizon]` into gradients of the head's outputs.
    void loadOutputGradients(float[] gradients, int offset) {
        int horizon = shape.horizon();
        Arrays.fill(outputs, 0, horizon * width, 0f);
        for (int lane = 0; lane < count; lane++) {
            for (int step = 0; step < horizon; step++) {
                outputs[step * width + lane] = scale[lane] * gradients[offset + lane * horizon + step];
            }
        }
    }

    /// Adds the context's gradient `[contextWidth][width]` to the embeddings' gradients.
    void scatterContextGradient(float[] contextGradient, float[] gradients) {
        for (int lane = 0; lane < count; lane++) {
            tables.scatterAdd(gradients, tableRows, lane * tables.count(), contextGradient, lane, width);
        }
    }
}
