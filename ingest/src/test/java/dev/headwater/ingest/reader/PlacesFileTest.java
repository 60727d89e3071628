package dev.headwater.ingest.reader;

import static dev.headwater.ingest.reader.ReaderFixtures.gzip;
import static dev.headwater.ingest.reader.ReaderFixtures.text;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.TestData;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.network.Sensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlacesFileTest {

    private static final String BAY = "traffic/pems-bay-network/";

    @TempDir
    private Path folder;

    @Test
    void readsRowsWithoutHeader() {
        // Given
        String[] rows = {"400001, 37.364085,-121.901149", "b,-1,2."};

        // Then plain or gzipped
        List<Sensor> expected = List.of(new Sensor("400001", 37.364085, -121.901149), new Sensor("b", -1, 2));
        assertThat(PlacesFile.read(text(folder.resolve("places.csv"), rows))).isEqualTo(expected);
        assertThat(PlacesFile.read(gzip(folder.resolve("places.csv.gz"), rows))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sensor ID,Latitude,Longitude,Freeway,Direction,Postmile",
                "sensor_id,lat,lon,FREEWAY,direction,position",
                " id , LAT ,lng,free_way,Direction,Post Mile",
                "sensor,latitude,Lon,freeway,DIRECTION,post_mile"
            })
    void findsColumnsByAnyOfTheirNames(String header) {
        // Given
        Path file = text(folder.resolve("places.csv"), header, "a,1.5,-2.5,101,N,387.897", "b,1,2,,,");

        // Then
        assertThat(PlacesFile.read(file))
                .containsExactly(new Sensor("a", 1.5, -2.5, "101-N", 387.897), new Sensor("b", 1, 2));
    }

    @Test
    void readsColumnsInAnyOrderBesideOthers() {
        Path roads = text(folder.resolve("roads.csv"), "lanes,road,position,longitude,latitude,id", "5,A7,-3,2,1,a");
        assertThat(PlacesFile.read(roads)).containsExactly(new Sensor("a", 1, 2, "A7", -3.0));
        Path plain = text(folder.resolve("plain.csv"), "id,lat,lon,direction", "a,1,2,north");
        assertThat(PlacesFile.read(plain)).containsExactly(new Sensor("a", 1, 2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | : no sensors",
                "id,lat,lon | : no sensors after the header",
                "a,1 | ' row 1: must be id,latitude,longitude without a header, or a header that names id, latitude and longitude, found ''a,1'''",
                "a,north,2 | ' row 1: must be id,latitude,longitude without a header, or a header that names id, latitude and longitude, found ''a,north,2'''",
                "id,lat,latitude,lon | ' row 1: the header must name the latitude once, found ''id,lat,latitude,lon'''",
                "id,lat,lon,road | ' row 1: the header must name a road (road, or freeway and direction) and a position (position or postmile), or neither, found ''id,lat,lon,road'''",
                "id,lat,lon,freeway,postmile | ' row 1: the header must name a road (road, or freeway and direction) and a position (position or postmile), or neither, found ''id,lat,lon,freeway,postmile'''",
                "a,1,2¶b,1 | ' row 2: must have 3 cells like the header, found 2'",
                "a,1,2¶b,x,2 | ' row 2, column latitude: must be a number such as 37.364085, found ''x'''",
                "a,1,2¶b,1,NaN | ' row 2, column longitude: must be a number such as 37.364085, found ''NaN'''",
                "a,1,2¶b,91,2 | ' row 2: sensors: latitude and longitude are in degrees, found 91.0, 2.0 for b'",
                "a,1,2¶,1,2 | ' row 2: sensors: every sensor needs an id, found blanks'",
                "a,1,2¶b,1,2¶a,3,4 | ' row 3: sensor ''a'' must occur once, found it again'",
                "id,lat,lon,road,position¶a,1,2,A7, | ' row 2: sensors: road and position must be given together, found road A7 and no position for a'",
                "id,lat,lon,road,position¶a,1,2,A7,near | ' row 2, column position: must be a number such as 37.364085, found ''near'''",
                "id,lat,lon,freeway,direction,position¶a,1,2,A7,,4 | ' row 2, column direction: must be given as the rest of the road is, found '''''",
            })
    void saysWhatIsWrong(String content, String message) {
        // Given
        Path file = text(folder.resolve("places.csv"), content.split("¶"));

        // Then
        assertThatThrownBy(() -> PlacesFile.read(file))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("places.csv" + message);
    }

    @Test
    void saysThatThereIsNoFile() {
        Path none = folder.resolve("none.csv");
        assertThatThrownBy(() -> PlacesFile.read(none))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(none + ": no such file");
        assertThatThrownBy(() -> PlacesFile.read(folder))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(folder + ": is a folder, not a file");
    }

    @Test
    void readsTheSensorsOfPemsBay() {
        // When
        List<Sensor> plain = PlacesFile.read(TestData.file(BAY + "graph_sensor_locations_bay.csv"));
        List<Sensor> described = PlacesFile.read(TestData.file(BAY + "bay_sensor_metadata.csv"));
        // Then
        assertThat(plain).hasSize(325).startsWith(new Sensor("400001", 37.364085, -121.901149));
        assertThat(described).hasSize(325).startsWith(new Sensor("400001", 37.364085, -121.901149, "101-N", 387.897));
        assertThat(described.stream().map(Sensor::id))
                .containsExactlyInAnyOrderElementsOf(
                        plain.stream().map(Sensor::id).toList());
        assertThat(NetworkFile.load("pems-bay").withSensors(described).sensors())
                .isEqualTo(described);
    }

    @Test
    void ordersTheSensorsOfARoadAsTheirOwnersDo() throws IOException {
        // Given the sensors of each road in the direction of travel
        Map<String, List<String>> sequence = new HashMap<>();
        Files.readAllLines(TestData.file(BAY + "bay_freeway_sensor_sequence.csv")).stream()
                .skip(1)
                .map(line -> line.split(","))
                .forEach(row -> sequence.computeIfAbsent(row[0], road -> new ArrayList<>())
                        .add(row[2]));
        // When they are put in the order of their positions
        Map<String, List<String>> roads = PlacesFile.read(TestData.file(BAY + "bay_sensor_metadata.csv")).stream()
                .sorted(Comparator.comparing(sensor -> Objects.requireNonNull(sensor.position())))
                .collect(groupingBy(sensor -> Objects.requireNonNull(sensor.road()), mapping(Sensor::id, toList())));
        // Then positions grow with the traffic to the north and east, and against it on the other side
        assertThat(roads).hasSize(16).containsOnlyKeys(sequence.keySet());
        roads.forEach((road, ids) -> {
            boolean forward = road.endsWith("N") || road.endsWith("E");
            assertThat(forward ? ids : ids.reversed()).as(road).isEqualTo(sequence.get(road));
        });
    }
}
