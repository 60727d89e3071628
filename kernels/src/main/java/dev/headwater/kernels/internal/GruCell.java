package dev.headwater.kernels.internal;

/// A GRU without constant inputs. It stores the parameters in the caller's layout.
public final class GruCell implements SequenceCell {
    private final GruLayout layout;
    private final boolean rectified;
    private final float[] parameters;
    private final Transposed recurrentTransposed;
    private final Transposed inputsTransposed;

    /// @param hidden units, a multiple of four
    /// @param rectified whether the candidate is max(0, x) instead of tanh
    public GruCell(int inputs, int hidden, boolean rectified) {
        this.layout = new GruLayout(inputs, 0, hidden, 0);
        this.rectified = rectified;
        this.parameters = new float[layout.end()];
        this.recurrentTransposed = Transposed.recurrent(layout, parameters);
        this.inputsTransposed = Transposed.of(layout.inputColumns(parameters, 0, inputs));
    }

    @Override
    public TapeShape tape() {
        return layout.tape();
    }

    @Override
    public int parameterCount() {
        return layout.end();
    }

    @Override
    public int storedCount() {
        return layout.end();
    }

    @Override
    public void setParameters(float[] flat) {
        System.arraycopy(flat, 0, parameters, 0, layout.end());
        recurrentTransposed.refresh();
        inputsTransposed.refresh();
    }

    @Override
    public void exportGradients(float[] stored, float[] flat) {
        System.arraycopy(stored, 0, flat, 0, layout.end());
    }

    @Override
    public MatrixView inputsTransposed() {
        return inputsTransposed.view();
    }

    @Override
    public TileForward forward() {
        return new GruTileForward(layout, parameters, rectified);
    }

    @Override
    public TileBackward backward() {
        return new GruTileBackward(layout, recurrentTransposed, rectified);
    }
}
