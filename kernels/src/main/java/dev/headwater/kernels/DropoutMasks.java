package dev.headwater.kernels;

import java.util.random.RandomGenerator;

/// Which hidden units a batch of training windows goes without: per window one mask for all its steps, as the theory of
/// dropout in recurrent networks asks (Gal & Ghahramani, *A Theoretically Grounded Application of Dropout in Recurrent
/// Neural Networks*, 2016). Inverted dropout: what stays is scaled up by `1 / (1 - rate)`, so that serving needs
/// nothing.
///
/// @param head    `[window][hidden]`: factors of the decoder's states as the head reads them; empty for none
/// @param encoder `[window][hidden]`: factors of the encoder's states as its recurrent weights see them; empty for none
/// @param decoder `[window][hidden]`: the same for the decoder; empty exactly when `encoder` is
public record DropoutMasks(float[] head, float[] encoder, float[] decoder) {

    /// Nothing is dropped.
    public static final DropoutMasks NONE = new DropoutMasks(new float[0], new float[0], new float[0]);

    /// @throws IllegalArgumentException when only one of the recurrent masks is there
    public DropoutMasks {
        if (encoder.length != decoder.length) {
            throw new IllegalArgumentException("masks of encoder and decoder must have the same length, found "
                    + encoder.length + " and " + decoder.length);
        }
    }

    /// Draws the masks of a batch.
    ///
    /// @param headRate      share of units that the head goes without, from 0 (none) to below 1
    /// @param recurrentRate share of units that the recurrent weights go without
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
