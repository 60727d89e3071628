package dev.headwater.ingest.reader;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.headwater.forecasting.InvalidInputException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/// A CSV file, plain or gzipped. Whatever is wrong with it is an [InvalidInputException] of one line, with the
/// file's name and, if known, the row.
public final class CsvFile {

    private static final int BUFFER = 1 << 16;
    private static final int GZIP = 0x1f8b; // the first two bytes

    private final Path file;

    public CsvFile(Path file) {
        this.file = file;
    }

    /// Reads the file.
    ///
    /// @param rows gets the records, the header first; their numbers of cells may differ (see [#requireCells])
    /// @return what `rows` returns
    public <T> T read(Function<CloseableIterator<CsvRecord>, T> rows) {
        try (InputStream in = open();
                CsvReader<CsvRecord> csv = CsvReader.builder()
                        .extraFieldStrategy(FieldMismatchStrategy.IGNORE) // our own message names the row
                        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .detectBomHeader(true)
                        .ofCsvRecord(in);
                CloseableIterator<CsvRecord> records = csv.iterator()) {
            return rows.apply(records);
        } catch (CsvParseException e) {
            throw Faults.in(file, "not readable as CSV", inner(e));
        } catch (UncheckedIOException e) {
            throw Faults.in(file, Faults.DAMAGED, inner(e));
        } catch (IOException e) {
            throw Faults.in(file, Faults.DAMAGED, e);
        }
    }

    private static Throwable inner(RuntimeException wrapper) {
        Throwable cause = wrapper.getCause();
        return cause == null ? wrapper : cause;
    }

    private InputStream open() throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        try {
            raw.mark(2);
            int head = raw.read() << 8 | raw.read();
            raw.reset();
            return head == GZIP ? new BufferedInputStream(new GZIPInputStream(raw, BUFFER), BUFFER) : raw;
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    /// The names of the columns, without spaces around them.
    public List<String> header(CloseableIterator<CsvRecord> records) {
        if (!records.hasNext()) {
            throw Faults.in(file, "no header row");
        }
        return records.next().getFields().stream().map(String::strip).toList();
    }

    /// The index of a column.
    ///
    /// @param what the column in words, for the message: `the column 'text'`
    public int column(List<String> header, String name, String what) {
        int column = header.indexOf(name);
        if (column < 0 || column != header.lastIndexOf(name)) {
            throw Faults.at(file, 1, "the header must name " + what + " once, found " + header);
        }
        return column;
    }

    public void requireCells(CsvRecord row, int expected) {
        if (row.getFieldCount() != expected) {
            throw Faults.at(
                    file,
                    row.getStartingLineNumber(),
                    "must have " + expected + " cells like the header, found " + row.getFieldCount());
        }
    }

    /// The number in a cell, NaN for an empty one.
    ///
    /// @param kind what the name is the name of, for the message, with a space: `column `, `sensor `
    public float number(CsvRecord row, int column, String kind, String name) {
        try {
            return Decimal.parse(row.getField(column));
        } catch (NumberFormatException e) {
            throw Faults.at(file, row.getStartingLineNumber(), kind + name, String.valueOf(e.getMessage()));
        }
    }

    /// The exception for a cell that breaks a rule.
    ///
    /// @param rule `must be ...`
    public InvalidInputException fault(CsvRecord row, int column, String name, String rule) {
        String found = Faults.quote(row.getField(column));
        return Faults.at(file, row.getStartingLineNumber(), "column " + name, rule + ", found " + found);
    }
}
