package dev.headwater.lab.data;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.feature.Scaler;
import dev.headwater.lab.definition.DataSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Windows of the weather as document 001 makes them with `timeseries_dataset_from_array`: the data are all
/// rows but
/// the last `delay`, the targets all but the first `delay`, and the parts are cut by start and end index.
public final class WeatherWindowData {

    private final DataSpec.WeatherWindows spec;
    private final WeatherTable table;
    private final int column;
    private final int train; // rows
    private final int validation; // rows
    private final Scaler scaler; // [column]

    private WeatherWindowData(DataSpec.WeatherWindows spec, WeatherTable table) {
        this.spec = spec;
        this.table = table;
        this.column = table.column(spec.target());
        this.train = (int) (spec.train() * table.rows());
        this.validation = (int) (spec.validation() * table.rows());
        requireParts();
        this.scaler = table.moments(0, train).scaler();
    }

    private void requireParts() {
        if (train < 1 || validation < 1 || train + validation >= table.rows()) {
            throw new InvalidInputException(
                    "weatherWindows: train and validation must be above 0 and leave rows for the" + " test, found "
                            + spec.train() + " and " + spec.validation() + " of " + table.rows() + " rows");
        }
        if (delay() >= table.rows()) {
            throw new InvalidInputException("weatherWindows: windows must be shorter than the data, found a target "
                    + delay() + " rows after the first of a window in " + table.rows() + " rows");
        }
    }

    static Dataset load(DataSpec.WeatherWindows spec, DataFolder folder) {
        return of(spec, WeatherTable.read(folder));
    }

    static Dataset of(DataSpec.WeatherWindows spec, WeatherTable table) {
        return new WeatherWindowData(spec, table).dataset();
    }

    /// The target's column in its unit, `[row]`.
    ///
    /// @throws InvalidInputException as [Datasets#load]
    public static float[] column(DataSpec.WeatherWindows spec, DataFolder folder) {
        WeatherTable table = WeatherTable.read(folder);
        return table.values(table.column(spec.target()));
    }

    /// Mean and deviation of the target's column in each part.
    ///
    /// @return training, validation and test part
    /// @throws InvalidInputException as [Datasets#load]
    public static List<ColumnStatistics> statistics(DataSpec.WeatherWindows spec, DataFolder folder) {
        return statistics(spec, WeatherTable.read(folder));
    }

    static List<ColumnStatistics> statistics(DataSpec.WeatherWindows spec, WeatherTable table) {
        WeatherWindowData data = new WeatherWindowData(spec, table);
        int test = data.train + data.validation;
        return List.of(
                data.statistics("train", 0, data.train),
                data.statistics("validation", data.train, test),
                data.statistics("test", test, table.rows()));
    }

    private ColumnStatistics statistics(String part, int from, int to) {
        Moments fitted = table.moments(0, train);
        Moments own = table.moments(from, to);
        return new ColumnStatistics(
                part,
                to - from,
                own.mean(column),
                own.deviation(column),
                (own.mean(column) - fitted.mean(column)) / fitted.deviation(column),
                own.deviation(column) / fitted.deviation(column));
    }

    /// Rows from the first row of a window to its target.
    private int delay() {
        return spec.samplingRate() * (spec.sequenceLength() + spec.ahead() - 1);
    }

    private Dataset dataset() {
        float[] inputs = table.scaled(scaler); // [row][column]
        float[] targets = table.values(column); // [row]
        int columns = table.columns();
        int test = train + validation;
        return new Dataset(
                table.name(),
                table.full(),
                new Shape(spec.sequenceLength(), columns),
                new Shape(1, 1),
                new RowWindows(inputs, columns, targets, windows(0, train), delay()),
                new RowWindows(inputs, columns, targets, windows(train, test), delay()),
                new RowWindows(inputs, columns, targets, windows(test, null), delay()),
                this::asNow,
                List.of(),
                1,
                table.unit(column));
    }

    private TimeWindows windows(int start, @Nullable Integer end) {
        int rows = table.rows() - delay();
        TimeWindows.Steps steps = new TimeWindows.Steps(spec.sequenceLength(), 1, spec.samplingRate());
        return TimeWindows.of(rows, rows, steps, start, end);
    }

    /// The baseline: the target's column in the last step of the window, in its unit.
    private void asNow(float[] input, int inputAt, float[] output, int outputAt) {
        int last = inputAt + (spec.sequenceLength() - 1) * table.columns();
        output[outputAt] = scaler.unscale(input[last + column], column);
    }
}
