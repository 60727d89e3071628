package dev.headwater.lab.data;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.feature.Scaler;
import dev.headwater.forecasting.network.Measure;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.ingest.reader.StationRows;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// The Jena weather as the documents take it: row after row of the file, 14 columns, whatever the time stamps
/// say. A
/// missing value (`-9999`) repeats the last one of its column; the documents take it as it is written.
///
/// @param name     the data in a few words: `Jena 2020, 52,696 rows`
/// @param measures the columns
/// @param rows     number of rows
/// @param values   `[row][column]`
record WeatherTable(String name, List<Measure> measures, int rows, float[] values) {

    /// Rows of the file that the documents use.
    static final int FULL_ROWS = 420_551;

    static WeatherTable read(DataFolder folder) {
        Path file = folder.weather();
        List<Measure> measures = NetworkFile.load("jena").measures();
        StationRows read = StationRows.read(file, NetworkFile.load("jena"));
        return of(years(file) + String.format(Locale.ROOT, ", %,d rows", read.rows()), measures, read);
    }

    static WeatherTable of(String name, List<Measure> measures, StationRows read) {
        Gaps.fill(read.values(), measures.size(), column -> measures.get(column).columnName());
        return new WeatherTable(name, measures, read.rows(), read.values());
    }

    /// `Jena 2009 to 2016` for `jena_climate_2009_2016.csv`.
    private static String years(Path file) {
        String name = String.valueOf(file.getFileName());
        return "Jena " + name.replaceAll("^jena_climate_|\\.csv$", "").replace("_", " to ");
    }

    int columns() {
        return measures.size();
    }

    /// Whether these are all rows of the documents.
    boolean full() {
        return rows == FULL_ROWS;
    }

    /// The index of a column.
    ///
    /// @param target name of the column in the file, or of the measure
    /// @throws InvalidInputException when there is none
    int column(String target) {
        for (int column = 0; column < measures.size(); column++) {
            Measure measure = measures.get(column);
            if (measure.columnName().equals(target) || measure.name().equals(target)) {
                return column;
            }
        }
        throw new InvalidInputException("target: must be a column of the weather, "
                + measures.stream().map(Measure::columnName).toList() + ", found '" + target + "'");
    }

    String unit(int column) {
        return measures.get(column).unit();
    }

    /// One column.
    ///
    /// @return `[row]`
    float[] values(int column) {
        float[] values = new float[rows];
        for (int row = 0; row < rows; row++) {
            values[row] = this.values[row * columns() + column];
        }
        return values;
    }

    /// Means and deviations of the rows from `from` to before `to`.
    Moments moments(int from, int to) {
        Moments moments = new Moments(columns());
        for (int row = from; row < to; row++) {
            moments.add(values, row * columns());
        }
        return moments;
    }

    /// All rows as z-scores.
    ///
    /// @return `[row][column]`
    float[] scaled(Scaler scaler) {
        float[] scaled = new float[values.length];
        for (int at = 0; at < scaled.length; at++) {
            scaled[at] = scaler.scale(values[at], at % columns());
        }
        return scaled;
    }
}
