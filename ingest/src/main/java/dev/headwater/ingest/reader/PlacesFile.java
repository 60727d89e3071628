package dev.headwater.ingest.reader;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.Sensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the places of sensors: CSV, plain or gzipped, in one of two layouts. Without a header a row is
/// `id,latitude,longitude`. With a header the columns stand in any order, and others are ignored:
///
/// | column | names |
/// |---|---|
/// | id | `id`, `sensor`, `Sensor ID` |
/// | degrees, WGS 84 | `latitude` or `lat`; `longitude`, `lon` or `lng` |
/// | road | `road`, or `freeway` and `direction`, which become `101-N` |
/// | position on it | `position` or `postmile` |
///
/// Case, spaces and underscores in names do not count. Road and position are both there or neither, in
/// the header and in each row.
public final class PlacesFile {

    private static final int PLAIN_CELLS = 3;

    private final Path file;
    private final CsvFile csv;
    private final List<Sensor> sensors = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();

    private PlacesFile(Path file) {
        this.file = file;
        this.csv = new CsvFile(file);
    }

    /// The sensors in the order of the file.
    ///
    /// @throws InvalidInputException when it is absent, empty or damaged, has another layout, or a row
    ///     breaks a rule; the message is one line with the file and, if known, the row, column and value
    public static List<Sensor> read(Path file) {
        if (!Files.exists(file)) {
            throw new InvalidInputException(file + ": no such file");
        }
        if (Files.isDirectory(file)) {
            throw new InvalidInputException(file + ": is a folder, not a file");
        }
        PlacesFile places = new PlacesFile(file);
        return places.csv.read(places::read);
    }

    private List<Sensor> read(CloseableIterator<CsvRecord> rows) {
        if (!rows.hasNext()) {
            throw Faults.in(file, "no sensors");
        }
        CsvRecord first = rows.next();
        boolean plain = isPlain(first);
        PlaceColumns columns = plain ? PlaceColumns.PLAIN : PlaceColumns.named(file, first);
        if (plain) {
            add(first, columns);
        }
        while (rows.hasNext()) {
            CsvRecord row = rows.next();
            csv.requireCells(row, first.getFieldCount());
            add(row, columns);
        }
        if (sensors.isEmpty()) {
            throw Faults.in(file, "no sensors after the header");
        }
        return List.copyOf(sensors);
    }

    /// Whether a row is already a sensor: a header has no numbers.
    private static boolean isPlain(CsvRecord first) {
        return first.getFieldCount() == PLAIN_CELLS
                && PlaceColumns.isNumber(first.getField(PlaceColumns.PLAIN.latitude()))
                && PlaceColumns.isNumber(first.getField(PlaceColumns.PLAIN.longitude()));
    }

    private void add(CsvRecord row, PlaceColumns columns) {
        Sensor sensor = sensor(row, columns);
        if (!ids.add(sensor.id())) {
            throw Faults.at(
                    file,
                    row.getStartingLineNumber(),
                    "sensor " + Faults.quote(sensor.id()) + " must occur once, found it again");
        }
        sensors.add(sensor);
    }

    private Sensor sensor(CsvRecord row, PlaceColumns columns) {
        String id = row.getField(columns.id()).strip();
        double latitude = number(row, columns.latitude(), "latitude");
        double longitude = number(row, columns.longitude(), "longitude");
        boolean placed =
                columns.position() >= 0 && !row.getField(columns.position()).isBlank();
        String road = road(row, columns);
        Double position = placed ? number(row, columns.position(), "position") : null;
        try {
            return new Sensor(id, latitude, longitude, road, position);
        } catch (InvalidInputException e) {
            throw Faults.at(file, row.getStartingLineNumber(), String.valueOf(e.getMessage()));
        }
    }

    private @Nullable String road(CsvRecord row, PlaceColumns columns) {
        List<String> parts = columns.roads().stream()
                .map(column -> row.getField(column).strip())
                .toList();
        if (parts.stream().allMatch(String::isEmpty)) {
            return null;
        }
        if (parts.contains("")) { // half a name would put both directions on one road
            int part = parts.indexOf("");
            String name = part == 0 ? "freeway" : "direction";
            throw csv.fault(row, columns.roads().get(part), name, "must be given as the rest of the road is");
        }
        return String.join("-", parts);
    }

    /// Not [Decimal]: a float32 is some metres too coarse.
    private double number(CsvRecord row, int column, String name) {
        String cell = row.getField(column).strip();
        if (!PlaceColumns.isNumber(cell)) {
            throw csv.fault(row, column, name, "must be a number such as 37.364085");
        }
        return Double.parseDouble(cell);
    }
}
