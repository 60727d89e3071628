package dev.headwater.kernels.internal;

/// A cell whose gates are all `W x + U h + b`, with any number of units.
public final class OneBiasCell implements SequenceCell {
    private final CellLayout layout;
    private final CellGates gates;

    /// As stored, see [CellLayout]
    private final float[] parameters;

    private final Transposed recurrentTransposed;
    private final Transposed inputsTransposed;

    public OneBiasCell(CellLayout layout, CellGates gates) {
        this.layout = layout;
        this.gates = gates;
        this.parameters = new float[layout.storedCount()];
        this.recurrentTransposed = Transposed.of(layout.recurrentWeights(parameters));
        this.inputsTransposed = Transposed.of(layout.inputWeights(parameters));
    }

    @Override
    public TapeShape tape() {
        return new TapeShape(layout.inputs(), layout.hidden(), gates.gateSlots(), gates.stateSlots());
    }

    @Override
    public int parameterCount() {
        return layout.parameterCount();
    }

    @Override
    public int storedCount() {
        return layout.storedCount();
    }

    @Override
    public void setParameters(float[] flat) {
        layout.store(flat, parameters);
        recurrentTransposed.refresh();
        inputsTransposed.refresh();
    }

    @Override
    public void exportGradients(float[] stored, float[] flat) {
        layout.restore(stored, flat);
    }

    @Override
    public MatrixView inputsTransposed() {
        return inputsTransposed.view();
    }

    @Override
    public TileForward forward() {
        return new CellForward(layout, gates, parameters);
    }

    @Override
    public TileBackward backward() {
        return new CellBackward(layout, gates, recurrentTransposed);
    }
}
