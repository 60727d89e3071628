package dev.headwater.kernels;

import dev.headwater.kernels.internal.GruLayout;
import dev.headwater.kernels.internal.GruTape;
import dev.headwater.kernels.internal.GruTileBackward;
import dev.headwater.kernels.internal.GruTileForward;
import dev.headwater.kernels.internal.Lanes;
import dev.headwater.kernels.internal.Transposed;
import dev.headwater.kernels.internal.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One GRU over sequences, forward and backward, for use as a layer of any network. PyTorch's cell
/// (`torch.nn.GRU`, one layer, one direction), with masks.
///
/// Parameters lie in one flat array as PyTorch names them, row-major: `weight_ih [3 hidden, inputs]`, `weight_hh
/// [3 hidden, hidden]`, `bias_ih [3 hidden]`, `bias_hh [3 hidden]`, gates in the order r, z, n.
///
/// Sequences are assigned to the threads in tiles by number: with the same number of threads all results are
/// bit-identical; outputs are bit-identical with any number. Not thread-safe: one caller at a time.
public final class GruSequence implements AutoCloseable {
    private final GruLayout layout;
    private final float[] parameters;
    private final Workers workers;
    private final Transposed recurrentTransposed;
    private final Transposed inputsTransposed;
    private final GruTileForward[] forward;
    private final GruTileBackward[] backward;

    /// `[worker][parameterCount]`: each worker's part of the gradient
    private final float[][] shares;

    /// `[worker][paddedRows(inputs)][WIDEST_TILE]`: gradient of a step's inputs
    private final float[][] stepGradients;

    /// Tapes of the workers in a forward pass that keeps no activations.
    private final Tapes passing;

    private final Tapes kept;

    /// `[tile][steps][WIDEST_TILE]`
    private float[] maskTiles = new float[0];

    private int keptBatch;
    private int keptSteps;

    /// Tapes grown on demand.
    private static final class Tapes {
        private final GruLayout layout;
        private final boolean keeping;
        private final List<GruTape> tapes = new ArrayList<>();

        Tapes(GruLayout layout, boolean keeping) {
            this.layout = layout;
            this.keeping = keeping;
        }

        void ensure(int count, int steps) {
            tapes.removeIf(tape -> tape.steps() < steps);
            while (tapes.size() < count) {
                tapes.add(new GruTape(layout, steps, keeping));
            }
        }

        GruTape get(int number) {
            return tapes.get(number);
        }
    }

    /// A layer whose parameters are all zero until [#setParameters].
    ///
    /// @param inputs values per step, at least 1
    /// @param hidden units, a positive multiple of 4
    /// @param threads threads of a pass, the caller's included, at least 1
    /// @throws IllegalArgumentException naming the argument, its rule and the value found
    public GruSequence(int inputs, int hidden, int threads) {
        if (inputs < 1) {
            throw new IllegalArgumentException("inputs must be at least 1, found " + inputs);
        }
        if (hidden < 4 || hidden % 4 != 0) {
            throw new IllegalArgumentException("hidden must be a positive multiple of 4, found " + hidden);
        }
        this.layout = new GruLayout(inputs, 0, hidden, 0);
        this.parameters = new float[layout.end()];
        this.workers = new Workers(threads, "gru-sequence");
        this.recurrentTransposed = Transposed.recurrent(layout, parameters);
        this.inputsTransposed = Transposed.of(layout.inputColumns(parameters, 0, inputs));
        this.forward = new GruTileForward[threads];
        this.backward = new GruTileBackward[threads];
        for (int worker = 0; worker < threads; worker++) {
            forward[worker] = new GruTileForward(layout, parameters);
            backward[worker] = new GruTileBackward(layout, recurrentTransposed);
        }
        this.shares = new float[threads][layout.end()];
        this.stepGradients = new float[threads][Lanes.paddedRows(inputs) * Lanes.WIDEST_TILE];
        this.passing = new Tapes(layout, false);
        this.kept = new Tapes(layout, true);
    }

    /// Length of the flat parameter array.
    public int parameterCount() {
        return layout.end();
    }

    /// Copies the parameters. [#backward] can then no longer use an earlier forward pass.
    ///
    /// @throws IllegalArgumentException when the array has another length than [#parameterCount()]
    public void setParameters(float[] flat) {
        SequenceBatch.requireLength("parameters", flat, layout.end());
        System.arraycopy(flat, 0, parameters, 0, layout.end());
        recurrentTransposed.refresh();
        inputsTransposed.refresh();
        keptBatch = 0;
    }

    /// Runs the layer over a batch.
    ///
    /// @param x `[batch][steps][inputs]`
    /// @param mask `[batch][steps]`, 0 where a step is absent: its inputs are not read, and its output is the
    ///     previous state; null when every step is present
    /// @param h0 `[batch][hidden]`, null for zero
    /// @param out `[batch][steps][hidden]`: the state after each step
    /// @param keep whether to keep what [#backward] needs
    /// @throws IllegalArgumentException when an array is too short
    public void forward(
            float[] x,
            float @Nullable [] mask,
            float @Nullable [] h0,
            int batch,
            int steps,
            float[] out,
            boolean keep) {
        forward(x, mask, h0, null, batch, steps, out, keep);
    }

    /// As above, with dropout of the state before it enters the gates, the same at every step (Gal &
    /// Ghahramani, *A Theoretically Grounded Application of Dropout in Recurrent Neural Networks*, 2016). The
    /// state that the update gate carries over is not masked.
    ///
    /// @param recurrentMask `[batch][hidden]` that the state is multiplied by, null for none
    /// @throws IllegalArgumentException when an array is too short
    public void forward(
            float[] x,
            float @Nullable [] mask,
            float @Nullable [] h0,
            float @Nullable [] recurrentMask,
            int batch,
            int steps,
            float[] out,
            boolean keep) {
        SequenceBatch sequences = new SequenceBatch(x, mask, h0, recurrentMask, batch, steps, out);
        sequences.require(layout);
        int tileCount = tileCount(batch);
        Tapes tapes = keep ? kept : passing;
        keptBatch = 0;
        tapes.ensure(keep ? tileCount : workers.count(), steps);
        growMaskTiles(mask, (keep ? tileCount : workers.count()) * steps);
        workers.run(worker -> {
            for (int tile = worker; tile < tileCount; tile += workers.count()) {
                forwardTile(worker, tile, tapes.get(keep ? tile : worker), sequences);
            }
        });
        if (keep) {
            keptBatch = batch;
            keptSteps = steps;
        }
    }

    private void growMaskTiles(float @Nullable [] mask, int rows) {
        if (mask != null && maskTiles.length < rows * Lanes.WIDEST_TILE) {
            maskTiles = new float[rows * Lanes.WIDEST_TILE];
        }
    }

    private void forwardTile(int worker, int number, GruTape tape, SequenceBatch sequences) {
        int first = number * Lanes.WIDEST_TILE;
        int count = Math.min(Lanes.WIDEST_TILE, sequences.batch() - first);
        int steps = sequences.steps();
        int maskAt = (tape.keeping() ? number : worker) * steps * Lanes.WIDEST_TILE;
        sequences.load(tape, layout, first, count, maskTiles, maskAt);
        forward[worker].begin(tape.width());
        for (int step = 0; step < steps; step++) {
            forward[worker].step(tape, step);
            if (sequences.mask() != null) {
                forward[worker].carryMasked(tape, step, maskTiles, maskAt + step * Lanes.WIDEST_TILE);
            }
            sequences.storeStates(tape, layout, first, count, step);
        }
    }

    /// Gradients for the batch of the last [#forward] that kept its activations. The activations can be used once.
    ///
    /// @param dOut `[batch][steps][hidden]`: derivative of the loss by each output
    /// @param dX `[batch][steps][inputs]`, overwritten: zero where masked
    /// @param dH0 `[batch][hidden]`, overwritten, or null when not wanted
    /// @param gradients `[parameterCount]`, overwritten
    /// @throws IllegalStateException when no such forward pass was made since the parameters were set or since
    ///     the last backward pass
    /// @throws IllegalArgumentException when an array is too short
    public void backward(float[] dOut, float[] dX, float @Nullable [] dH0, float[] gradients) {
        int batch = keptBatch;
        if (batch == 0) {
            throw new IllegalStateException("backward must follow a forward pass that kept at least one sequence");
        }
        SequenceBatch.requireLength("dOut", dOut, batch * keptSteps * layout.hidden());
        SequenceBatch.requireLength("dX", dX, batch * keptSteps * layout.inputs());
        SequenceBatch.requireLength("gradients", gradients, layout.end());
        SequenceBatch.requireLength("dH0", dH0, batch * layout.hidden());
        keptBatch = 0;
        workers.run(worker -> {
            backward[worker].clear();
            for (int tile = worker; tile < tileCount(batch); tile += workers.count()) {
                backwardTile(backward[worker], tile, batch, dOut, dX, dH0, stepGradients[worker]);
            }
            Arrays.fill(shares[worker], 0f);
            backward[worker].addTo(shares[worker]);
        });
        Arrays.fill(gradients, 0, layout.end(), 0f);
        for (float[] share : shares) {
            for (int i = 0; i < share.length; i++) {
                gradients[i] += share[i];
            }
        }
    }

    private void backwardTile(
            GruTileBackward pass,
            int number,
            int batch,
            float[] dOut,
            float[] dX,
            float @Nullable [] dH0,
            float[] stepGradient) {
        GruTape tape = kept.get(number);
        int first = number * Lanes.WIDEST_TILE;
        int count = Math.min(Lanes.WIDEST_TILE, batch - first);
        pass.begin();
        for (int step = keptSteps - 1; step >= 0; step--) {
            for (int lane = 0; lane < count; lane++) {
                int at = ((first + lane) * keptSteps + step) * layout.hidden();
                addLane(dOut, at, pass.stateGradient(), lane, tape.width());
            }
            pass.step(tape, step);
            pass.inputGradient(tape, step, inputsTransposed.view(), stepGradient);
            for (int lane = 0; lane < count; lane++) {
                int at = ((first + lane) * keptSteps + step) * layout.inputs();
                storeLane(stepGradient, lane, tape.width(), dX, at, layout.inputs());
            }
        }
        pass.finish(tape, keptSteps);
        for (int lane = 0; dH0 != null && lane < count; lane++) {
            storeLane(pass.stateGradient(), lane, tape.width(), dH0, (first + lane) * layout.hidden(), layout.hidden());
        }
    }

    private void addLane(float[] source, int at, float[] tile, int lane, int width) {
        for (int unit = 0; unit < layout.hidden(); unit++) {
            tile[unit * width + lane] += source[at + unit];
        }
    }

    private static void storeLane(float[] tile, int lane, int width, float[] target, int at, int rows) {
        for (int row = 0; row < rows; row++) {
            target[at + row] = tile[row * width + lane];
        }
    }

    private static int tileCount(int batch) {
        return Lanes.roundUp(batch, Lanes.WIDEST_TILE) / Lanes.WIDEST_TILE;
    }

    /// Stops the threads.
    @Override
    public void close() {
        workers.close();
    }
}
