package dev.headwater.kernels;

import dev.headwater.kernels.internal.GruLayout;
import dev.headwater.kernels.internal.GruTileForward;
import dev.headwater.kernels.internal.Head;
import dev.headwater.kernels.internal.MatrixView;
import dev.headwater.kernels.internal.StepTape;

/// Forward pass of the whole network over a tile. Each thread needs its own; the parameters may be shared.
final class Seq2SeqForward {
    private final Seq2SeqShape shape;
    private final float[] parameters;
    private final GruTileForward encoder;
    private final GruTileForward decoder;
    private final MatrixView encoderContext;
    private final MatrixView decoderContext;
    private final MatrixView decoderState;
    private final int headOffset;

    Seq2SeqForward(Seq2SeqShape shape, float[] parameters) {
        GruLayout encoderLayout = shape.encoder();
        GruLayout decoderLayout = shape.decoder();
        int contextWidth = shape.contextWidth();
        int stateColumns = shape.decoderInputs() + contextWidth;
        this.shape = shape;
        this.parameters = parameters;
        this.encoder = new GruTileForward(encoderLayout, parameters);
        this.decoder = new GruTileForward(decoderLayout, parameters);
        this.encoderContext = encoderLayout.inputColumns(parameters, shape.encoderInputs(), contextWidth);
        this.decoderContext = decoderLayout.inputColumns(parameters, shape.decoderInputs(), contextWidth);
        this.decoderState = decoderLayout.inputColumns(parameters, stateColumns, shape.hidden());
        this.headOffset = shape.headOffset();
    }

    /// Computes the tile's outputs from its inputs.
    void run(Seq2SeqTile tile) {
        encode(tile);
        decode(tile);
    }

    private void encode(Seq2SeqTile tile) {
        encoder.begin(tile.width());
        encoder.addConstant(encoderContext, tile.context, 0, tile.width());
        for (int step = 0; step < shape.lookback(); step++) {
            encoder.step(tile.encoder, step);
        }
    }

    private void decode(Seq2SeqTile tile) {
        StepTape tape = tile.decoder;
        int width = tile.width();
        float[] encoded = tile.encoder.states();
        int encodedAt = tile.encoder.stateAt(shape.lookback());
        decoder.begin(width);
        decoder.addConstant(decoderContext, tile.context, 0, width);
        decoder.addConstant(decoderState, encoded, encodedAt, width);
        System.arraycopy(encoded, encodedAt, tape.states(), tape.stateAt(0), tape.stateSize());
        for (int step = 0; step < shape.horizon(); step++) {
            decoder.step(tape, step);
            project(tile, step);
        }
    }

    private void project(Seq2SeqTile tile, int step) {
        int hidden = shape.hidden();
        int width = tile.width();
        float bias = parameters[headOffset + hidden];
        float[] input = tile.headInput(step);
        int inputAt = tile.headInputAt(step);
        Head.forward(parameters, headOffset, hidden, bias, input, inputAt, tile.outputs, step * width, width);
    }
}
