package dev.headwater.ingest.reader;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.Measure;
import dev.headwater.forecasting.network.SensorNetwork;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// The rows of a single station's file as they follow each other in it: time stamps are not looked at, so a row
/// that comes twice counts twice and a gap is none. [DatasetReader] puts the same rows on their slots.
///
/// @param rows   number of rows
/// @param values `[row][measure]`, in the network's order of measures; NaN = missing
public record StationRows(int rows, float[] values) {

    /// Reads the columns of the network's measures.
    ///
    /// @throws InvalidInputException when the file is damaged, lacks a column, has no row, or a cell is no number
    public static StationRows read(Path file, SensorNetwork network) {
        CsvFile csv = new CsvFile(file);
        StationRows read = csv.read(records -> read(csv, records, network));
        if (read.rows == 0) {
            throw Faults.in(file, "no rows of data");
        }
        return read;
    }

    private static StationRows read(CsvFile csv, CloseableIterator<CsvRecord> records, SensorNetwork network) {
        List<String> header = csv.header(records);
        List<Measure> measures = network.measures();
        int[] columns = measures.stream()
                .map(Measure::columnName)
                .mapToInt(name -> csv.column(header, name, "the measure '" + name + "' of network " + network.name()))
                .toArray(); // [measure]
        float[] values = new float[1 << 16]; // [row][measure], with spare room
        int at = 0;
        while (records.hasNext()) {
            CsvRecord row = records.next();
            csv.requireCells(row, header.size());
            values = at + columns.length > values.length ? Arrays.copyOf(values, 2 * values.length) : values;
            for (int m = 0; m < columns.length; m++) {
                Measure measure = measures.get(m);
                values[at++] = measure.clean(csv.number(row, columns[m], "column ", measure.columnName()));
            }
        }
        return new StationRows(at / columns.length, Arrays.copyOf(values, at));
    }
}
