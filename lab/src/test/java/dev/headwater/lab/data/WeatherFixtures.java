package dev.headwater.lab.data;

import dev.headwater.forecasting.network.Measure;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.ingest.reader.StationRows;
import java.util.List;

/// Weather in which the value of row r in column c is `10 c + sin(r / (c + 3))`; two values of the temperature
/// are
/// missing, the first and that of row 50.
final class WeatherFixtures {

    static final List<Measure> MEASURES = NetworkFile.load("jena").measures();
    static final int COLUMNS = MEASURES.size();
    static final int TEMPERATURE = 1;

    private WeatherFixtures() {}

    static WeatherTable table(int rows) {
        float[] values = new float[rows * COLUMNS]; // [row][column]
        for (int i = 0; i < values.length; i++) {
            values[i] = written(i / COLUMNS, i % COLUMNS);
        }
        values[TEMPERATURE] = Float.NaN;
        values[50 * COLUMNS + TEMPERATURE] = Float.NaN;
        return WeatherTable.of("made up", MEASURES, new StationRows(rows, values));
    }

    private static float written(int row, int column) {
        return (float) (10 * column + Math.sin(row / (column + 3.0)));
    }

    static float value(int row, int column) {
        int known = column != TEMPERATURE ? row : row == 0 ? 1 : row == 50 ? 49 : row;
        return written(known, column);
    }

    /// Mean, then standard deviation of the first rows.
    static double[] moments(int rows, int column) {
        double sum = 0;
        double squares = 0;
        for (int row = 0; row < rows; row++) {
            sum += value(row, column);
        }
        for (int row = 0; row < rows; row++) {
            squares += Math.pow(value(row, column) - sum / rows, 2);
        }
        return new double[] {sum / rows, Math.sqrt(squares / rows)};
    }
}
