package dev.headwater.kernels;

import dev.headwater.kernels.internal.Lanes;
import dev.headwater.kernels.internal.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Forward and backward passes of a [Seq2SeqShape] network for training, on several threads.
///
/// Tiles are assigned to the threads by number and their sums are added in order: with the same number of
/// threads, the same batch gives a bit-identical gradient. Forecasts are bit-identical with those of
/// [Seq2SeqGru]. Not thread-safe: one caller at a time. Activations of the largest batch so far stay allocated,
/// about 2 MB for 64 windows of 12 + 12 steps and 64 hidden units.
public final class Seq2SeqTraining implements AutoCloseable {
    private final Seq2SeqShape shape;
    private final EmbeddingTables tables;
    private final float[] parameters;
    private final Workers workers;
    private final Seq2SeqBackward.Weights transposed;
    private final Seq2SeqForward[] forward;
    private final Seq2SeqBackward[] backward;
    private final List<Seq2SeqTile> tiles = new ArrayList<>();
    private int keptWindows;

    /// Uses `threads` threads, including the caller's. All parameters are zero until [#setParameters].
    ///
    /// @throws IllegalArgumentException when threads is below 1
    public Seq2SeqTraining(Seq2SeqShape shape, int threads) {
        this.shape = shape;
        this.tables = new EmbeddingTables(shape);
        this.parameters = new float[shape.parameterCount()];
        this.workers = new Workers(threads, "seq2seq-training");
        this.transposed = Seq2SeqBackward.Weights.of(shape, parameters);
        this.forward = new Seq2SeqForward[threads];
        this.backward = new Seq2SeqBackward[threads];
        for (int worker = 0; worker < threads; worker++) {
            forward[worker] = new Seq2SeqForward(shape, parameters);
            backward[worker] = new Seq2SeqBackward(shape, parameters, transposed);
        }
    }

    /// Copies the parameters, in the layout of [Seq2SeqShape#tensors()]. [#backward] can then no longer use an
    /// earlier forward pass.
    ///
    /// @throws IllegalArgumentException when the array's length is not [Seq2SeqShape#parameterCount()]
    public void setParameters(float[] flat) {
        shape.requireParameters(flat);
        System.arraycopy(flat, 0, parameters, 0, flat.length);
        transposed.refresh();
        keptWindows = 0;
    }

    /// Forecasts of the first `count` packed rows, `[count][horizon]` in the sensor's unit; see
    /// [#forward(float\[\], int, float\[\])].
    public float[] forward(float[] rows, int count) {
        float[] out = new float[Math.multiplyExact(Math.max(0, count), shape.horizon())];
        forward(rows, count, out);
        return out;
    }

    /// Forecasts the first `count` packed rows, keeping what [#backward] needs.
    ///
    /// @param rows `[count][rowLength]`
    /// @param out `[count][horizon]`, in the sensor's unit
    /// @throws IllegalArgumentException when an array is too short or an id is not a row of its embedding
    public void forward(float[] rows, int count, float[] out) {
        forward(rows, count, out, DropoutMasks.NONE);
    }

    /// As [#forward(float\[\], int, float\[\])], with dropout; the backward pass uses the same masks.
    ///
    /// @param masks masks of the batch's windows
    public void forward(float[] rows, int count, float[] out, DropoutMasks masks) {
        shape.requireWindows(rows, 0, count, out, 0);
        masks.requireWindows(count, shape.hidden());
        keptWindows = 0;
        int tileCount = tileCount(count);
        while (tiles.size() < tileCount) {
            tiles.add(new Seq2SeqTile(shape, tables, true));
        }
        workers.run(worker -> {
            for (int tile = worker; tile < tileCount; tile += workers.count()) {
                forwardTile(worker, tile, rows, count, out, masks);
            }
        });
        keptWindows = count;
    }

    private void forwardTile(int worker, int number, float[] rows, int count, float[] out, DropoutMasks masks) {
        Seq2SeqTile tile = tiles.get(number);
        int first = number * Lanes.WIDEST_TILE;
        tile.load(rows, first, Math.min(Lanes.WIDEST_TILE, count - first), parameters);
        tile.mask(masks, first);
        forward[worker].run(tile);
        tile.storeForecasts(out, first * shape.horizon());
    }

    /// Gradient of the loss by all parameters for the batch of the last [#forward]. The activations can be used
    /// once.
    ///
    /// @param forecastGradients `[count][horizon]`: derivative of the loss by each forecast in the sensor's unit
    /// @param gradients `[parameterCount]`, overwritten
    /// @throws IllegalStateException when no forward pass was made since the last backward pass or since the
    ///     parameters were set
    /// @throws IllegalArgumentException when an array is too short
    public void backward(float[] forecastGradients, float[] gradients) {
        int count = keptWindows;
        if (count == 0) {
            throw new IllegalStateException("backward must follow a forward pass of at least one window");
        }
        shape.requireParameters(gradients);
        if (forecastGradients.length < count * shape.horizon()) {
            throw new IllegalArgumentException("forecast gradients must hold " + count + " x " + shape.horizon()
                    + " floats, found " + forecastGradients.length);
        }
        keptWindows = 0;
        float[][] shares = new float[workers.count()][];
        workers.run(worker -> shares[worker] = share(worker, tileCount(count), forecastGradients));
        Arrays.fill(gradients, 0f);
        for (float[] share : shares) {
            for (int i = 0; i < gradients.length; i++) {
                gradients[i] += share[i];
            }
        }
    }

    private float[] share(int worker, int tileCount, float[] forecastGradients) {
        Seq2SeqBackward pass = backward[worker];
        pass.clear();
        for (int number = worker; number < tileCount; number += workers.count()) {
            Seq2SeqTile tile = tiles.get(number);
            tile.loadOutputGradients(forecastGradients, number * Lanes.WIDEST_TILE * shape.horizon());
            pass.add(tile);
        }
        return pass.finish();
    }

    private static int tileCount(int windows) {
        return Lanes.roundUp(windows, Lanes.WIDEST_TILE) / Lanes.WIDEST_TILE;
    }

    /// Stops the threads.
    @Override
    public void close() {
        workers.close();
    }
}
