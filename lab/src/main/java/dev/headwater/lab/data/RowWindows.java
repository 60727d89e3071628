package dev.headwater.lab.data;

/// Windows over the rows of a table, and for each the value that a series has some rows later.
///
/// @param inputs  `[row][column]`
/// @param columns number of columns
/// @param targets `[row]`
/// @param windows the rows of the windows
/// @param lead    rows from a window's first row to its target
record RowWindows(float[] inputs, int columns, float[] targets, TimeWindows windows, int lead) implements Examples {

    @Override
    public int size() {
        return windows.size();
    }

    @Override
    public void load(int example, float[] input, int inputAt, float[] target, int targetAt) {
        for (int step = 0; step < windows.steps().sequenceLength(); step++) {
            int row = windows.row(example, step);
            System.arraycopy(inputs, row * columns, input, inputAt + step * columns, columns);
        }
        target[targetAt] = targets[windows.row(example, 0) + lead];
    }
}
