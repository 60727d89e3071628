package dev.headwater.lab.data;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.evaluation.ChronologicalSplit.Part;
import dev.headwater.ingest.reader.CsvFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A film review.
///
/// @param part     the part of the data that it belongs to
/// @param positive whether the author likes the film
/// @param text     the review, with the line breaks of a web page in it
record Review(Part part, boolean positive, String text) {

    private static final List<String> COLUMNS = List.of("split", "label", "text");

    /// Reads a CSV file with the columns `split` (train, val, test), `label` (neg, pos) and `text`; others are
    /// passed
    /// over.
    ///
    /// @throws InvalidInputException when it is damaged or a row breaks a rule; names the row
    static List<Review> read(Path file) {
        CsvFile csv = new CsvFile(file);
        return csv.read(records -> read(csv, records));
    }

    private static List<Review> read(CsvFile csv, CloseableIterator<CsvRecord> records) {
        List<String> header = csv.header(records);
        int[] columns = COLUMNS.stream()
                .mapToInt(name -> csv.column(header, name, "the column '" + name + "'"))
                .toArray(); // [split, label, text]
        List<Review> reviews = new ArrayList<>();
        while (records.hasNext()) {
            CsvRecord row = records.next();
            csv.requireCells(row, header.size());
            Part part = part(csv, row, columns[0]);
            reviews.add(new Review(part, positive(csv, row, columns[1]), row.getField(columns[2])));
        }
        return reviews;
    }

    private static Part part(CsvFile csv, CsvRecord row, int column) {
        return switch (row.getField(column)) {
            case "train" -> Part.TRAIN;
            case "val" -> Part.VALIDATION;
            case "test" -> Part.TEST;
            default -> throw csv.fault(row, column, "split", "must be train, val or test");
        };
    }

    private static boolean positive(CsvFile csv, CsvRecord row, int column) {
        return switch (row.getField(column)) {
            case "neg" -> false;
            case "pos" -> true;
            default -> throw csv.fault(row, column, "label", "must be neg or pos");
        };
    }
}
