package dev.headwater.kernels;

import dev.headwater.kernels.internal.GruLayout;
import dev.headwater.kernels.internal.GruTileBackward;
import dev.headwater.kernels.internal.Head;
import dev.headwater.kernels.internal.Lanes;
import dev.headwater.kernels.internal.StepTape;
import dev.headwater.kernels.internal.TileMask;
import dev.headwater.kernels.internal.Transposed;
import dev.headwater.kernels.internal.WeightGradient;
import java.util.Arrays;
import java.util.List;

/// Backward pass of the whole network over tiles; sums one worker's part of the gradient.
final class Seq2SeqBackward {

    /// Transposed weights, shared by the workers.
    record Weights(
            Transposed encoderRecurrent,
            Transposed encoderContext,
            Transposed decoderRecurrent,
            Transposed decoderContext,
            Transposed decoderState) {

        static Weights of(Seq2SeqShape shape, float[] parameters) {
            GruLayout encoder = shape.encoder();
            GruLayout decoder = shape.decoder();
            int context = shape.contextWidth();
            return new Weights(
                    Transposed.recurrent(encoder, parameters),
                    Transposed.of(encoder.inputColumns(parameters, shape.encoderInputs(), context)),
                    Transposed.recurrent(decoder, parameters),
                    Transposed.of(decoder.inputColumns(parameters, shape.decoderInputs(), context)),
                    Transposed.of(decoder.inputColumns(parameters, shape.decoderInputs() + context, shape.hidden())));
        }

        void refresh() {
            List.of(encoderRecurrent, encoderContext, decoderRecurrent, decoderContext, decoderState)
                    .forEach(Transposed::refresh);
        }
    }

    private final Seq2SeqShape shape;
    private final float[] parameters;
    private final Weights weights;
    private final int headOffset;
    private final GruTileBackward encoder;
    private final GruTileBackward decoder;
    private final Head.Gradient head;
    private final WeightGradient encoderContext;
    private final WeightGradient decoderContext;
    private final WeightGradient decoderState;

    /// `[paddedRows(contextWidth)][width]`
    private final float[] contextGradient;

    /// `[hidden][width]`: gradient of the head's masked input
    private final float[] headGradient;

    /// This worker's part of the gradient, in the parameters' layout
    private final float[] gradients;

    Seq2SeqBackward(Seq2SeqShape shape, float[] parameters, Weights weights) {
        int rows = shape.encoder().gateRows();
        this.shape = shape;
        this.parameters = parameters;
        this.weights = weights;
        this.headOffset = shape.headOffset();
        this.encoder = new GruTileBackward(shape.encoder(), weights.encoderRecurrent());
        this.decoder = new GruTileBackward(shape.decoder(), weights.decoderRecurrent());
        this.head = new Head.Gradient(shape.hidden());
        this.encoderContext = new WeightGradient(rows, shape.contextWidth());
        this.decoderContext = new WeightGradient(rows, shape.contextWidth());
        this.decoderState = new WeightGradient(rows, shape.hidden());
        this.contextGradient = new float[Lanes.paddedRows(shape.contextWidth()) * Lanes.WIDEST_TILE];
        this.headGradient = new float[shape.hidden() * Lanes.WIDEST_TILE];
        this.gradients = new float[parameters.length];
    }

    /// Resets the sums to zero.
    void clear() {
        Arrays.fill(gradients, 0f);
        encoder.clear();
        decoder.clear();
        head.clear();
        encoderContext.clear();
        decoderContext.clear();
        decoderState.clear();
    }

    /// Adds the gradients of a tile whose `outputs` hold the gradients of its outputs; overwrites its activations.
    void add(Seq2SeqTile tile) {
        Arrays.fill(contextGradient, 0, Lanes.paddedRows(shape.contextWidth()) * tile.width(), 0f);
        decode(tile);
        encode(tile);
        tile.scatterContextGradient(contextGradient, gradients);
    }

    private void decode(Seq2SeqTile tile) {
        StepTape tape = tile.decoder;
        int width = tile.width();
        decoder.begin();
        for (int step = shape.horizon() - 1; step >= 0; step--) {
            head.add(tile.outputs, step * width, tile.headInput(step), tile.headInputAt(step), width);
            addHeadGradient(tile, step);
            decoder.step(tape, step);
        }
        decoder.finish(tape, shape.horizon());
        decoder.addConstant(decoderContext, tile.context, 0, tape);
        decoder.addConstant(decoderState, tile.encoder.states(), tile.encoder.stateAt(shape.lookback()), tape);
        decoder.addConstantGradient(weights.decoderContext(), contextGradient, tape);
        decoder.addConstantGradient(weights.decoderState(), decoder.stateGradient(), tape);
    }

    /// Adds the gradient of the head's input at a step to the gradient of the decoder's state.
    private void addHeadGradient(Seq2SeqTile tile, int step) {
        int width = tile.width();
        int hidden = shape.hidden();
        if (!tile.headMasked()) {
            Head.addStateGradient(
                    parameters, headOffset, hidden, tile.outputs, step * width, decoder.stateGradient(), width);
            return;
        }
        Arrays.fill(headGradient, 0, hidden * width, 0f);
        Head.addStateGradient(parameters, headOffset, hidden, tile.outputs, step * width, headGradient, width);
        TileMask.addProduct(headGradient, tile.headMask(), decoder.stateGradient(), hidden * width);
    }

    private void encode(Seq2SeqTile tile) {
        StepTape tape = tile.encoder;
        encoder.begin(decoder.stateGradient(), tape.stateSize());
        for (int step = shape.lookback() - 1; step >= 0; step--) {
            encoder.step(tape, step);
        }
        encoder.finish(tape, shape.lookback());
        encoder.addConstant(encoderContext, tile.context, 0, tape);
        encoder.addConstantGradient(weights.encoderContext(), contextGradient, tape);
    }

    /// Sums over the lanes and returns this worker's part of the gradient, valid until [#clear].
    float[] finish() {
        GruLayout encoderLayout = shape.encoder();
        GruLayout decoderLayout = shape.decoder();
        int context = decoderLayout.offset() + shape.decoderInputs();
        encoder.addTo(gradients);
        decoder.addTo(gradients);
        encoderContext.addTo(gradients, encoderLayout.offset() + shape.encoderInputs(), encoderLayout.inputStride(), 0);
        decoderContext.addTo(gradients, context, decoderLayout.inputStride(), 0);
        decoderState.addTo(gradients, context + shape.contextWidth(), decoderLayout.inputStride(), 0);
        head.addTo(gradients, headOffset);
        return gradients;
    }
}
