package dev.headwater.kernels;

import java.util.random.RandomGenerator;

/// Dropout masks for the hidden units of a batch of training windows. A window has one mask for all its steps (Gal
/// & Ghahramani, *A Theoretically Grounded Application of Dropout in Recurrent Neural Networks*, 2016). Inverted
/// dropout: the units that are kept are scaled by `1 / (1 - rate)`, so that inference needs no correction.
///
/// @param head    `[window][hidden]`: factors of the decoder's states as input of the head; empty for no mask
/// @param encoder `[window][hidden]`: factors of the encoder's states as input of its recurrent weights; empty
///     for no mask
/// @param decoder `[window][hidden]`: the same for the decoder; empty exactly when `encoder` is
public record DropoutMasks(float[] head, float[] encoder, float[] decoder) {

    /// Nothing is dropped.
    public static final DropoutMasks NONE = new DropoutMasks(new float[0], new float[0], new float[0]);

    /// @throws IllegalArgumentException when the two recurrent masks differ in length
    public DropoutMasks {
        if (encoder.length != decoder.length) {
            throw new IllegalArgumentException("masks of encoder and decoder must have the same length, found "
                    + encoder.length + " and " + decoder.length);
        }
    }

    /// Draws the masks of a batch.
    ///
    /// @param headRate      dropout rate of the head's input, from 0 (none) to below 1
    /// @param recurrentRate dropout rate of the recurrent weights' input, from 0 (none) to below 1
    public static DropoutMasks draw(
            Seq2SeqShape shape, int windows, double headRate, double recurrentRate, RandomGenerator random) {
        int size = Math.multiplyExact(windows, shape.hidden());
        return new DropoutMasks(
                draw(size, headRate, random), draw(size, recurrentRate, random), draw(size, recurrentRate, random));
    }

    private static float[] draw(int size, double rate, RandomGenerator random) {
        if (rate == 0) {
            return NONE.head;
        }
        float[] mask = new float[size];
        float kept = (float) (1 / (1 - rate));
        for (int i = 0; i < size; i++) {
            mask[i] = random.nextDouble() < rate ? 0 : kept;
        }
        return mask;
    }

    boolean hasHead() {
        return head.length > 0;
    }

    boolean hasRecurrent() {
        return encoder.length > 0;
    }

    void requireWindows(int windows, int hidden) {
        for (float[] mask : new float[][] {head, encoder}) {
            if (mask.length > 0 && mask.length < windows * hidden) {
                throw new IllegalArgumentException(
                        "masks must hold " + windows + " x " + hidden + " floats, found " + mask.length);
            }
        }
    }
}
