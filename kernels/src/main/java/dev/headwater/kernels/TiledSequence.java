package dev.headwater.kernels;

import dev.headwater.kernels.internal.Lanes;
import dev.headwater.kernels.internal.SequenceCell;
import dev.headwater.kernels.internal.StepTape;
import dev.headwater.kernels.internal.TapeShape;
import dev.headwater.kernels.internal.TileBackward;
import dev.headwater.kernels.internal.TileForward;
import dev.headwater.kernels.internal.TileSums;
import dev.headwater.kernels.internal.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs a cell over a batch, tile by tile, on a fixed number of threads.
abstract class TiledSequence implements SequenceKernel {
    private final SequenceCell cell;
    private final TapeShape shape;
    private final Workers workers;
    private final TileForward[] forward;
    private final TileBackward[] backward;

    /// `[worker][storedCount]`: each worker's part of the gradient
    private final float[][] shares;

    /// `[storedCount]`
    private final float[] total;

    /// `[worker][paddedRows(inputs)][WIDEST_TILE]`: gradient of a step's inputs
    private final float[][] stepGradients;

    /// Tapes of the workers in a forward pass that keeps no activations.
    private final Tapes passing;

    private final Tapes kept;
    private int keptBatch;
    private int keptSteps;

    /// Tapes grown on demand.
    private static final class Tapes {
        private final TapeShape shape;
        private final boolean keeping;
        private final List<StepTape> tapes = new ArrayList<>();

        Tapes(TapeShape shape, boolean keeping) {
            this.shape = shape;
            this.keeping = keeping;
        }

        void ensure(int count, int steps) {
            tapes.removeIf(tape -> tape.steps() < steps);
            while (tapes.size() < count) {
                tapes.add(new StepTape(shape, steps, keeping));
            }
        }

        StepTape get(int number) {
            return tapes.get(number);
        }
    }

    /// @param name prefix of the thread names
    TiledSequence(SequenceCell cell, int threads, String name) {
        this.cell = cell;
        this.shape = cell.tape();
        this.workers = new Workers(threads, name);
        this.forward = new TileForward[threads];
        this.backward = new TileBackward[threads];
        for (int worker = 0; worker < threads; worker++) {
            forward[worker] = cell.forward();
            backward[worker] = cell.backward();
        }
        this.shares = new float[threads][cell.storedCount()];
        this.total = new float[cell.storedCount()];
        this.stepGradients = new float[threads][Lanes.paddedRows(shape.inputs()) * Lanes.WIDEST_TILE];
        this.passing = new Tapes(shape, false);
        this.kept = new Tapes(shape, true);
    }

    /// @throws IllegalArgumentException when the value is below 1
    static int requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, found " + value);
        }
        return value;
    }

    @Override
    public int parameterCount() {
        return cell.parameterCount();
    }

    @Override
    public void setParameters(float[] flat) {
        SequenceBatch.requireLength("parameters", flat, cell.parameterCount());
        cell.setParameters(flat);
        keptBatch = 0;
    }

    @Override
    public void forward(
            float[] x,
            float @Nullable [] mask,
            float @Nullable [] h0,
            float @Nullable [] recurrentMask,
            int batch,
            int steps,
            float[] out,
            boolean keep) {
        refuseInitialState("h0", h0);
        SequenceBatch sequences = new SequenceBatch(x, mask, h0, recurrentMask, batch, steps, out);
        sequences.require(shape);
        int tileCount = tileCount(batch);
        Tapes tapes = keep ? kept : passing;
        keptBatch = 0;
        tapes.ensure(keep ? tileCount : workers.count(), steps);
        workers.run(worker -> {
            for (int tile = worker; tile < tileCount; tile += workers.count()) {
                forwardTile(forward[worker], tile, tapes.get(keep ? tile : worker), sequences);
            }
        });
        if (keep) {
            keptBatch = batch;
            keptSteps = steps;
        }
    }

    /// The gradients and values of a state with a second slot are not handed in or out.
    private void refuseInitialState(String name, float @Nullable [] array) {
        if (array != null && shape.stateSlots() > 1) {
            throw new IllegalArgumentException(name + " must be null: this cell always starts from zero");
        }
    }

    private static void forwardTile(TileForward pass, int number, StepTape tape, SequenceBatch sequences) {
        int first = number * Lanes.WIDEST_TILE;
        int count = Math.min(Lanes.WIDEST_TILE, sequences.batch() - first);
        sequences.begin(tape, first, count);
        pass.begin(tape.width());
        for (int step = 0; step < sequences.steps(); step++) {
            sequences.loadStep(tape, first, count, step);
            pass.step(tape, step);
            sequences.storeStates(tape, first, count, step);
        }
    }

    @Override
    public void backward(float[] dOut, float[] dX, float @Nullable [] dH0, float[] gradients) {
        int batch = keptBatch;
        if (batch == 0) {
            throw new IllegalStateException("backward must follow a forward pass that kept at least one sequence");
        }
        refuseInitialState("dH0", dH0);
        SequenceBatch.requireLength("dOut", dOut, batch * keptSteps * shape.units());
        SequenceBatch.requireLength("dX", dX, batch * keptSteps * shape.inputs());
        SequenceBatch.requireLength("gradients", gradients, cell.parameterCount());
        SequenceBatch.requireLength("dH0", dH0, batch * shape.units());
        keptBatch = 0;
        workers.run(worker -> {
            backward[worker].clear();
            for (int tile = worker; tile < tileCount(batch); tile += workers.count()) {
                backwardTile(backward[worker], tile, batch, dOut, dX, dH0, stepGradients[worker]);
            }
            Arrays.fill(shares[worker], 0f);
            backward[worker].addTo(shares[worker]);
        });
        sumShares();
        cell.exportGradients(total, gradients);
    }

    private void sumShares() {
        Arrays.fill(total, 0f);
        for (float[] share : shares) {
            for (int i = 0; i < share.length; i++) {
                total[i] += share[i];
            }
        }
    }

    private void backwardTile(
            TileBackward pass,
            int number,
            int batch,
            float[] dOut,
            float[] dX,
            float @Nullable [] dH0,
            float[] stepGradient) {
        StepTape tape = kept.get(number);
        int units = shape.units();
        int inputs = shape.inputs();
        int first = number * Lanes.WIDEST_TILE;
        int count = Math.min(Lanes.WIDEST_TILE, batch - first);
        pass.begin();
        for (int step = keptSteps - 1; step >= 0; step--) {
            for (int lane = 0; lane < count; lane++) {
                int at = ((first + lane) * keptSteps + step) * units;
                addLane(dOut, at, pass.stateGradient(), lane, tape.width(), units);
            }
            TileSums.flushTiny(pass.stateGradient(), shape.stateSlots() * tape.stateSize());
            pass.step(tape, step);
            pass.inputGradient(tape, step, cell.inputsTransposed(), stepGradient);
            for (int lane = 0; lane < count; lane++) {
                int at = ((first + lane) * keptSteps + step) * inputs;
                storeLane(stepGradient, lane, tape.width(), dX, at, inputs);
            }
        }
        pass.finish(tape, keptSteps);
        for (int lane = 0; dH0 != null && lane < count; lane++) {
            storeLane(pass.stateGradient(), lane, tape.width(), dH0, (first + lane) * units, units);
        }
    }

    private static void addLane(float[] source, int at, float[] tile, int lane, int width, int rows) {
        for (int row = 0; row < rows; row++) {
            tile[row * width + lane] += source[at + row];
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

    @Override
    public void close() {
        workers.close();
    }
}
