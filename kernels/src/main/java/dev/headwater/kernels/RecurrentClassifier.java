package dev.headwater.kernels;

import dev.headwater.kernels.internal.GroupGru;
import dev.headwater.kernels.internal.OneWindowLstm;
import dev.headwater.kernels.internal.RowProjection;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;

/// A trained network of [ClassifierShape] that classifies one sequence at a time. Immutable, safe to share
/// between threads, and allocation-free once warm.
public final class RecurrentClassifier {

    /// Buffers of one call.
    private static final class Workspace {
        final float[] padded; // [kernel / 2 + frames + kernel / 2][width]
        final float[] convolved; // [filters rounded up]
        final float[][] sequences = new float[2][]; // [step][inputs or states], a layer's input and output
        final float[] state; // [slot]
        final float[] constant; // [4][slot]
        final float[] gates; // [4][slot]
        final float[] memory; // [slot], the cell state of an LSTM
        final float[] row; // [inputs or states + slot]
        final float[] scores; // [step]
        final float[] pooled; // [states]
        final float[] logits; // [classes rounded up]

        Workspace(ClassifierShape shape, int filterSlot, int classSlot) {
            int slot = GroupGru.slotSize(shape.hidden());
            int widest = Math.max(shape.inputs(), shape.states());
            padded = new float[(shape.frames() + shape.kernel() - 1) * shape.width()];
            convolved = new float[filterSlot];
            sequences[0] = new float[shape.steps() * widest];
            sequences[1] = new float[shape.steps() * widest];
            state = new float[slot];
            constant = new float[4 * slot];
            gates = new float[4 * slot];
            memory = new float[slot];
            row = new float[widest + slot];
            scores = new float[shape.steps()];
            pooled = new float[shape.states()];
            logits = new float[classSlot];
        }
    }

    /// One recurrent cell on the buffers of a workspace; each step updates the workspace's `state`.
    private sealed interface Cell {

        /// Starts a sequence from a zero state.
        void begin(Workspace workspace);

        /// @param in inputs of the step, from `at`
        /// @param turn count of the steps done so far, in either direction
        void step(float[] in, int at, int turn, Workspace workspace);
    }

    private record Gru(GroupGru kernel) implements Cell {

        @Override
        public void begin(Workspace workspace) {
            kernel.begin(1, workspace.constant);
            Arrays.fill(workspace.row, 0);
        }

        @Override
        public void step(float[] in, int at, int turn, Workspace workspace) {
            kernel.step(1, in, at, 0, workspace.constant, workspace.gates, workspace.row, turn);
            System.arraycopy(workspace.row, kernel.stateAt(), workspace.state, 0, workspace.state.length);
        }
    }

    private record Lstm(OneWindowLstm kernel) implements Cell {

        @Override
        public void begin(Workspace workspace) {
            Arrays.fill(workspace.memory, 0);
        }

        @Override
        public void step(float[] in, int at, int turn, Workspace workspace) {
            kernel.step(in, at, workspace.row, workspace.gates, workspace.state, workspace.memory);
        }
    }

    private final ClassifierShape shape;
    private final @Nullable RowProjection convolution;
    private final Cell[][] cells; // [layer][direction]
    private final float[] attention; // [states]; empty without attention
    private final RowProjection head;
    private final ArrayBlockingQueue<Workspace> idle =
            new ArrayBlockingQueue<>(2 * Runtime.getRuntime().availableProcessors());

    /// @param parameters laid out as [ClassifierShape#tensors()] says; copied
    /// @throws IllegalArgumentException when there are more or fewer than [ClassifierShape#parameterCount()]
    public RecurrentClassifier(ClassifierShape shape, float[] parameters) {
        if (parameters.length != shape.parameterCount()) {
            throw new IllegalArgumentException("parameters must be " + shape.parameterCount()
                    + " floats for this shape, found " + parameters.length);
        }
        this.shape = shape;
        int kernel = shape.kernel() * shape.width();
        int at = shape.convolutionOffset();
        this.convolution = shape.filters() == 0
                ? null
                : new RowProjection(parameters, at, at + shape.filters() * kernel, kernel, shape.filters());
        this.cells = new Cell[shape.layers()][shape.directions()];
        for (int layer = 0; layer < shape.layers(); layer++) {
            for (int direction = 0; direction < shape.directions(); direction++) {
                cells[layer][direction] = cell(shape, layer, direction, parameters);
            }
        }
        this.attention = Arrays.copyOfRange(parameters, shape.attentionOffset(), shape.headOffset());
        int headAt = shape.headOffset();
        this.head = new RowProjection(
                parameters, headAt, headAt + shape.classes() * shape.states(), shape.states(), shape.classes());
    }

    private static Cell cell(ClassifierShape shape, int layer, int direction, float[] parameters) {
        return switch (shape.cell()) {
            case GRU -> new Gru(new GroupGru(shape.gru(layer, direction), parameters));
            case LSTM -> new Lstm(new OneWindowLstm(shape.lstm(layer, direction), parameters));
        };
    }

    public ClassifierShape shape() {
        return shape;
    }

    /// Probabilities of the classes, which add up to 1.
    ///
    /// @param frames        `[frame][width]`
    /// @param probabilities `[class]`, written
    public void classify(float[] frames, float[] probabilities) {
        Objects.checkFromIndexSize(0, shape.frames() * shape.width(), frames.length);
        Objects.checkFromIndexSize(0, shape.classes(), probabilities.length);
        @Nullable Workspace pooled = idle.poll();
        Workspace workspace = pooled == null ? newWorkspace() : pooled;
        convolve(frames, workspace);
        int last = recur(workspace);
        pool(workspace.sequences[last], workspace);
        head.apply(workspace.pooled, 0, workspace.logits);
        softmax(workspace.logits, probabilities);
        idle.offer(workspace);
    }

    private Workspace newWorkspace() {
        return new Workspace(shape, convolution == null ? 0 : convolution.slot(), head.slot());
    }

    /// Treats the frames that a filter reads as one row: the convolution is then a dense layer on that row.
    private void convolve(float[] frames, Workspace workspace) {
        float[] out = workspace.sequences[0];
        if (convolution == null) {
            System.arraycopy(frames, 0, out, 0, shape.frames() * shape.width());
            return;
        }
        int margin = shape.kernel() / 2 * shape.width();
        System.arraycopy(frames, 0, workspace.padded, margin, shape.frames() * shape.width());
        for (int step = 0; step < shape.steps(); step++) {
            convolution.apply(workspace.padded, step * shape.stride() * shape.width(), workspace.convolved);
            int at = step * shape.filters();
            for (int filter = 0; filter < shape.filters(); filter++) {
                out[at + filter] = Math.max(0, workspace.convolved[filter]);
            }
        }
    }

    /// @return index of the sequence buffer that holds the last layer's states
    private int recur(Workspace workspace) {
        int from = 0;
        for (int layer = 0; layer < shape.layers(); layer++) {
            int inputs = layer == 0 ? shape.inputs() : shape.states();
            for (int direction = 0; direction < shape.directions(); direction++) {
                run(cells[layer][direction], direction, inputs, workspace.sequences[from], workspace);
            }
            from = 1 - from;
        }
        return from;
    }

    private void run(Cell cell, int direction, int inputs, float[] in, Workspace workspace) {
        float[] out = workspace.sequences[in == workspace.sequences[0] ? 1 : 0];
        Arrays.fill(workspace.state, 0);
        cell.begin(workspace);
        for (int i = 0; i < shape.steps(); i++) {
            int step = direction == 0 ? i : shape.steps() - 1 - i;
            cell.step(in, step * inputs, i, workspace);
            int at = step * shape.states() + direction * shape.hidden();
            System.arraycopy(workspace.state, 0, out, at, shape.hidden());
        }
    }

    private void pool(float[] states, Workspace workspace) {
        switch (shape.pooling()) {
            case MEAN -> {
                Arrays.fill(workspace.scores, 1f / shape.steps());
                weigh(states, workspace);
            }
            case ATTENTION -> {
                attend(states, workspace.scores);
                weigh(states, workspace);
            }
            case MAX -> largest(states, workspace.pooled);
        }
    }

    private void weigh(float[] states, Workspace workspace) {
        Arrays.fill(workspace.pooled, 0);
        for (int step = 0; step < shape.steps(); step++) {
            int at = step * shape.states();
            for (int unit = 0; unit < shape.states(); unit++) {
                workspace.pooled[unit] += workspace.scores[step] * states[at + unit];
            }
        }
    }

    private void largest(float[] states, float[] pooled) {
        Arrays.fill(pooled, Float.NEGATIVE_INFINITY);
        for (int step = 0; step < shape.steps(); step++) {
            int at = step * shape.states();
            for (int unit = 0; unit < shape.states(); unit++) {
                pooled[unit] = Math.max(pooled[unit], states[at + unit]);
            }
        }
    }

    private void attend(float[] states, float[] scores) {
        for (int step = 0; step < shape.steps(); step++) {
            int at = step * shape.states();
            float sum = 0;
            for (int unit = 0; unit < shape.states(); unit++) {
                sum += attention[unit] * states[at + unit];
            }
            scores[step] = sum;
        }
        softmax(scores, scores);
    }

    /// Softmax of the first `out.length` values, shifted by the largest so that none overflows.
    static void softmax(float[] in, float[] out) {
        int count = Math.min(in.length, out.length);
        float largest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            largest = Math.max(largest, in[i]);
        }
        float sum = 0;
        for (int i = 0; i < count; i++) {
            out[i] = (float) Math.exp(in[i] - largest);
            sum += out[i];
        }
        for (int i = 0; i < count; i++) {
            out[i] /= sum;
        }
    }
}
