package dev.headwater.ingest.reader;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.headwater.forecasting.InvalidInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Where the places of sensors stand in a row: indices of columns, -1 for one that is not there.
///
/// @param roads the columns that together name the road; none where the file has no roads
record PlaceColumns(int id, int latitude, int longitude, List<Integer> roads, int position) {

    /// `id,latitude,longitude`
    static final PlaceColumns PLAIN = new PlaceColumns(0, 1, 2, List.of(), -1);

    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d{1,15}(\\.\\d{0,20})?|\\.\\d{1,20})");

    /// The columns that a header names.
    ///
    /// @throws InvalidInputException when one is missing or named twice
    static PlaceColumns named(Path file, CsvRecord header) {
        return new Header(file, header).columns();
    }

    /// Whether a cell is a plain decimal; Java would also take `1f`, `0x1p3` and `NaN`.
    static boolean isNumber(String cell) {
        return NUMBER.matcher(cell.strip()).matches();
    }

    /// The first row.
    private static final class Header {

        private final Path file;
        private final long row;
        private final List<String> shown;
        private final List<String> names;

        Header(Path file, CsvRecord header) {
            this.file = file;
            this.row = header.getStartingLineNumber();
            this.shown = header.getFields().stream().map(String::strip).toList();
            this.names = shown.stream()
                    .map(name -> name.replaceAll("[\\s_]", "").toLowerCase(Locale.ROOT))
                    .toList();
        }

        PlaceColumns columns() {
            List<Integer> roads = roads();
            int position = optional("position", "position", "postmile");
            if (roads.isEmpty() != position < 0) {
                throw fault("the header must name a road (road, or freeway and direction) and a position (position"
                        + " or postmile), or neither");
            }
            return new PlaceColumns(
                    required("id", "id", "sensorid", "sensor"),
                    required("latitude", "latitude", "lat"),
                    required("longitude", "longitude", "lon", "lng"),
                    roads,
                    position);
        }

        private List<Integer> roads() {
            int road = optional("road", "road");
            int freeway = optional("freeway", "freeway");
            int direction = optional("direction", "direction");
            if (road >= 0) {
                return List.of(road);
            }
            return freeway >= 0 && direction >= 0 ? List.of(freeway, direction) : List.of();
        }

        private int required(String what, String... accepted) {
            int column = optional(what, accepted);
            if (column < 0) {
                throw fault("must be id,latitude,longitude without a header, or a header that names id, latitude and"
                        + " longitude");
            }
            return column;
        }

        private int optional(String what, String... accepted) {
            int[] found = IntStream.range(0, names.size())
                    .filter(column -> List.of(accepted).contains(names.get(column)))
                    .toArray();
            if (found.length > 1) {
                throw fault("the header must name the " + what + " once");
            }
            return found.length == 0 ? -1 : found[0];
        }

        private InvalidInputException fault(String rule) {
            String found = Faults.quote(String.join(",", shown));
            return Faults.at(file, row, rule + ", found " + found);
        }
    }
}
