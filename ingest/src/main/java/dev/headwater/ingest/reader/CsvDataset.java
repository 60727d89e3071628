package dev.headwater.ingest.reader;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.headwater.forecasting.network.Measure;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// CSV, plain or gzipped, in three layouts, distinguished by header and network: wide (a time stamp, then one
/// column per sensor); long (columns `time`, `sensor` and one per measure, in any order, others ignored); and,
/// where the network has several measures or names a column, a single station (a time stamp first, then one
/// column per measure in any order, others ignored). Empty cells are missing.
final class CsvDataset {

    private static final Set<String> TIME_NAMES = Set.of("time", "timestamp");

    private final Source source;
    private final Path file;
    private final CsvFile csv;

    private CsvDataset(Source source) {
        this.source = source;
        this.file = source.file;
        this.csv = new CsvFile(file);
    }

    static Dataset read(Source source) {
        return new CsvDataset(source).read();
    }

    private Dataset read() {
        long rows = csv.read(this::read);
        return source.finish(List.of(file), rows);
    }

    private long read(CloseableIterator<CsvRecord> records) {
        if (!records.hasNext()) {
            throw Faults.in(file, "no header row");
        }
        CsvRecord first = records.next();
        List<String> header = first.getFields().stream().map(String::strip).toList();
        if (header.contains("sensor") && header.stream().anyMatch(TIME_NAMES::contains)) {
            return readLong(header, records);
        }
        return isStation(header)
                ? readStation(header, records)
                : readWide(first.getStartingLineNumber(), header, records);
    }

    private boolean isStation(List<String> header) {
        List<Measure> measures = source.network.measures();
        return measures.stream().anyMatch(measure -> measure.column() != null)
                || (measures.size() > 1
                        && measures.stream().anyMatch(measure -> header.contains(measure.columnName())));
    }

    private long readStation(List<String> header, CloseableIterator<CsvRecord> records) {
        String sensor = source.stationId();
        List<String> names =
                source.network.measures().stream().map(Measure::columnName).toList();
        int[] columns = names.stream().mapToInt(name -> column(header, name)).toArray(); // [measure]
        float[] values = new float[columns.length]; // [measure]
        long previous = Long.MIN_VALUE;
        long rows = 0;
        while (records.hasNext()) {
            CsvRecord row = records.next();
            csv.requireCells(row, header.size());
            long time = time(row, 0, "column " + header.getFirst(), previous);
            source.spacing.add(previous, time);
            previous = time;
            for (int m = 0; m < columns.length; m++) {
                values[m] = csv.number(row, columns[m], "column ", names.get(m));
            }
            source.builder.add(sensor, source.slot(previous, 1), values);
            rows++;
        }
        return rows;
    }

    private long readWide(long headerRow, List<String> header, CloseableIterator<CsvRecord> records) {
        source.requireOneMeasure("CSV with one column per sensor");
        requireSensors(headerRow, header);
        float[] value = new float[1];
        long previous = Long.MIN_VALUE;
        long rows = 0;
        while (records.hasNext()) {
            CsvRecord row = records.next();
            csv.requireCells(row, header.size());
            long time = time(row, 0, "column 1", previous);
            source.spacing.add(previous, time);
            previous = time;
            long slot = source.slot(time, header.size() - 1);
            for (int c = 1; c < header.size(); c++) {
                value[0] = csv.number(row, c, "sensor ", header.get(c));
                source.builder.add(header.get(c), slot, value);
            }
            rows++;
        }
        return rows;
    }

    private void requireSensors(long row, List<String> header) {
        if (header.size() < 2) {
            throw Faults.at(
                    file,
                    row,
                    "no sensors: the header must name a time stamp and at least one sensor, separated by commas, found "
                            + Faults.quote(String.join(",", header)));
        }
        Set<String> seen = new HashSet<>();
        for (int c = 1; c < header.size(); c++) {
            if (header.get(c).isEmpty()) {
                throw Faults.at(file, row, "column " + (c + 1), "the header names no sensor");
            }
            if (!seen.add(header.get(c))) {
                throw Faults.at(
                        file, row, "column " + (c + 1), "sensor " + Faults.quote(header.get(c)) + " occurs twice");
            }
        }
    }

    private long readLong(List<String> header, CloseableIterator<CsvRecord> records) {
        int timeColumn = header.indexOf(
                header.stream().filter(TIME_NAMES::contains).findFirst().orElseThrow());
        int sensorColumn = header.indexOf("sensor");
        List<String> measures =
                source.network.measures().stream().map(Measure::name).toList();
        int[] columns = measures.stream().mapToInt(m -> column(header, m)).toArray(); // [measure]
        float[] values = new float[columns.length]; // [measure]
        Map<String, Long> previous = new HashMap<>();
        long rows = 0;
        while (records.hasNext()) {
            CsvRecord row = records.next();
            csv.requireCells(row, header.size());
            String sensor = row.getField(sensorColumn).strip();
            if (sensor.isEmpty()) {
                throw Faults.at(file, row.getStartingLineNumber(), "column sensor", "is empty");
            }
            long before = previous.getOrDefault(sensor, Long.MIN_VALUE);
            long time = time(row, timeColumn, header.get(timeColumn), before);
            source.spacing.add(before, time);
            previous.put(sensor, time);
            for (int m = 0; m < columns.length; m++) {
                values[m] = csv.number(row, columns[m], "column ", measures.get(m));
            }
            source.builder.add(sensor, source.slot(time, previous.size()), values);
            rows++;
        }
        return rows;
    }

    private int column(List<String> header, String measure) {
        return csv.column(header, measure, "the measure '" + measure + "' of network " + source.network.name());
    }

    private long time(CsvRecord row, int column, String name, long previous) {
        String text = row.getField(column);
        try {
            long millis = source.stamps.millis(text, previous);
            if (!StampClock.isPlausible(millis)) {
                String fault = "must be a time in the years " + StampClock.YEARS + ", found " + Faults.quote(text);
                throw Faults.at(file, row.getStartingLineNumber(), name, fault);
            }
            return millis;
        } catch (DateTimeException | ArithmeticException e) {
            throw Faults.at(
                    file,
                    row.getStartingLineNumber(),
                    name,
                    "not a time stamp such as 2017-01-31 23:55 or 2017-02-01T07:55:00Z: " + Faults.quote(text));
        }
    }
}
