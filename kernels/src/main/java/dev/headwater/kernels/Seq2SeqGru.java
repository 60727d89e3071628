package dev.headwater.kernels;

import dev.headwater.kernels.internal.GroupGru;
import dev.headwater.kernels.internal.Lanes;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;

/// A trained encoder-decoder GRU that forecasts. Immutable and safe to share between threads.
///
/// A window's forecast is bit-identical alone, in any batch and on any number of threads: every path sums in
/// the same order. NaN in a window's inputs, base or scale gives NaN forecasts for this window only.
public final class Seq2SeqGru {
    /// For up to this many remaining windows, one at a time is faster than a tile of one vector with idle lanes.
    private static final int FEW = Math.max(1, Lanes.LENGTH / 2);

    /// Buffers of one call.
    private record Workspace(Seq2SeqTile tile, Seq2SeqForward forward, WindowGroup.Buffers group) {}

    private final Seq2SeqShape shape;
    private final float[] parameters;
    private final EmbeddingTables tables;
    private final WindowGroup group;
    private final int widestGroup;

    /// Windows from which on tiles are faster than groups: a full tile, where groups of four are possible
    private final int leastTiled;

    /// Workspaces that no thread is using.
    private final ArrayBlockingQueue<Workspace> idle =
            new ArrayBlockingQueue<>(2 * Runtime.getRuntime().availableProcessors());

    /// Copies the parameters.
    ///
    /// @param parameters in the layout of [Seq2SeqShape#tensors()]
    /// @throws IllegalArgumentException when the array's length is not [Seq2SeqShape#parameterCount()]
    public Seq2SeqGru(Seq2SeqShape shape, float[] parameters) {
        shape.requireParameters(parameters);
        this.shape = shape;
        this.parameters = parameters.clone();
        this.tables = new EmbeddingTables(shape);
        this.widestGroup = GroupGru.widest(shape.hidden());
        this.leastTiled = widestGroup == 1 ? FEW + 1 : Lanes.WIDEST_TILE;
        this.group = new WindowGroup(shape, tables, this.parameters);
    }

    public Seq2SeqShape shape() {
        return shape;
    }

    /// Forecasts `count` packed windows on the calling thread; allocation-free once warm.
    ///
    /// @param rows `[..][rowLength]`
    /// @param firstRow row number of the first window
    /// @param out `[count][horizon]` from `outOffset`, in the sensor's unit
    /// @throws IllegalArgumentException when an array is too short or an id is not a row of its embedding
    public void forward(float[] rows, int firstRow, int count, float[] out, int outOffset) {
        shape.requireWindows(rows, firstRow, count, out, outOffset);
        @Nullable Workspace pooled = idle.poll();
        Workspace workspace = pooled == null ? newWorkspace() : pooled;
        forward(workspace, rows, firstRow, count, out, outOffset);
        idle.offer(workspace);
    }

    private Workspace newWorkspace() {
        return new Workspace(
                new Seq2SeqTile(shape, tables, false), new Seq2SeqForward(shape, parameters), group.newBuffers());
    }

    private void forward(Workspace workspace, float[] rows, int firstRow, int count, float[] out, int outOffset) {
        int horizon = shape.horizon();
        int done = 0;
        while (done < count) {
            int left = count - done;
            int to = outOffset + done * horizon;
            if (left >= leastTiled) {
                int windows = Math.min(Lanes.WIDEST_TILE, left);
                workspace.tile().load(rows, firstRow + done, windows, parameters);
                workspace.forward().run(workspace.tile());
                workspace.tile().storeForecasts(out, to);
                done += windows;
            } else {
                int windows = Integer.highestOneBit(Math.min(widestGroup, left));
                group.run(rows, firstRow + done, windows, workspace.group(), out, to);
                done += windows;
            }
        }
    }
}
