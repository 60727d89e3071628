package dev.headwater.lab.data;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.feature.Scaler;
import dev.headwater.lab.definition.DataSpec;
import java.util.List;

/// Windows of the weather as the function `generator` of document 002 makes them. A window ends before a row and
/// reaches `lookback` rows back, every `step`-th of them; its target is `delay` rows after that row. Everything
/// is in
/// standard deviations of the training rows.
///
/// Any row of the training part can be drawn, so they are all examples. Like in the document, the targets of
/// its last
/// `delay` windows lie in the rows of the validation part. Unlike there, the validation and the test part have
/// all
/// their windows: the document leaves out those of the last, incomplete batches.
final class WeatherDrawData {

    private final DataSpec.WeatherDraws spec;
    private final WeatherTable table;
    private final int column;
    private final Scaler scaler; // [column]
    private final float[] inputs; // [row][column]
    private final float[] targets; // [row]

    private WeatherDrawData(DataSpec.WeatherDraws spec, WeatherTable table) {
        this.spec = spec;
        this.table = table;
        this.column = table.column(spec.target());
        requireWhole();
        this.scaler = table.moments(0, inProportion(spec.trainRows())).scaler();
        this.inputs = table.scaled(scaler);
        this.targets = new float[table.rows()];
        for (int row = 0; row < targets.length; row++) {
            targets[row] = inputs[row * table.columns() + column];
        }
    }

    private void requireWhole() {
        boolean ordered = spec.trainRows() > 0
                && spec.validationEnd() > spec.trainRows()
                && spec.validationEnd() < WeatherTable.FULL_ROWS;
        if (!ordered) {
            throw new InvalidInputException("weatherDraws: trainRows and validationEnd must rise from 1 to below "
                    + WeatherTable.FULL_ROWS + ", found " + spec.trainRows() + " and " + spec.validationEnd());
        }
        boolean whole = spec.step() > 0 && spec.lookback() >= spec.step() && spec.lookback() % spec.step() == 0;
        if (!whole || spec.delay() < 0) {
            throw new InvalidInputException("weatherDraws: lookback must be a multiple of step, delay not negative,"
                    + " found lookback " + spec.lookback() + ", step " + spec.step() + ", delay " + spec.delay());
        }
    }

    static Dataset load(DataSpec.WeatherDraws spec, DataFolder folder) {
        return of(spec, WeatherTable.read(folder));
    }

    static Dataset of(DataSpec.WeatherDraws spec, WeatherTable table) {
        return new WeatherDrawData(spec, table).dataset();
    }

    private Dataset dataset() {
        int train = inProportion(spec.trainRows());
        int validation = inProportion(spec.validationEnd());
        return new Dataset(
                table.name(),
                table.full(),
                new Shape(spec.lookback() / spec.step(), table.columns()),
                new Shape(1, 1),
                windows(0, train),
                windows(train + 1, validation - 1),
                windows(validation, table.rows() - spec.delay() - 1),
                this::asInTheLastStep,
                List.of(),
                scaler.deviation()[column],
                table.unit(column));
    }

    /// A row of the full history in this one, which may be shorter.
    private int inProportion(int row) {
        return (int) ((long) row * table.rows() / WeatherTable.FULL_ROWS);
    }

    /// The windows that begin at `from` or later and end before a row below `to`: `min_index` and `max_index`
    /// of the
    /// document, which has 0 and 200,000, 200,001 and 300,000, 300,001 and the last row with a target but one.
    private Examples windows(int from, int to) {
        TimeWindows.Steps steps = new TimeWindows.Steps(spec.lookback() / spec.step(), 1, spec.step());
        TimeWindows windows = TimeWindows.of(table.rows(), table.rows() - lead(), steps, from, to - 1);
        return new RowWindows(inputs, table.columns(), targets, windows, lead());
    }

    /// Rows from a window's first row to its target.
    private int lead() {
        return spec.lookback() + spec.delay();
    }

    private void asInTheLastStep(float[] input, int inputAt, float[] output, int outputAt) {
        int last = inputAt + (spec.lookback() / spec.step() - 1) * table.columns();
        output[outputAt] = input[last + column];
    }
}
