package dev.headwater.streams.state;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.headwater.forecasting.drift.DriftDetector;
import dev.headwater.forecasting.network.NetworkFile;
import dev.headwater.forecasting.seasonal.ProfileDays;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Golden bytes of each version of the stored form.
class StoredFormTest {

    private static final long LAST = Towns.FIRST + 240;

    private static OldStore stored(String name, String store) throws IOException {
        OldStore old = new OldStore(name);
        Towns.stored(store).forEach((key, value) -> old.restore(key.getBytes(StandardCharsets.UTF_8), value));
        return old;
    }

    @Test
    void whatCommit69ad5fdStoredIsTakenOver() throws IOException {
        // Given
        Sensors sensors = new Sensors(new SensorLayout(Towns.PROFILED));

        // When
        sensors.takeOver(List.of(stored(OldStates.WINDOWS, "windows"), stored(OldStates.SEASONAL, "pasts")));
        assertThat(sensors.begin(0).windows()).isEmpty();

        // Then the window is that of the readings sent then: 20 + 13 * slot mod 50, every seventh missing
        SensorState state = sensors.find("a#1", sensors.view());
        assertThat(state).isNotNull();
        assertThat(state.window().newest()).isEqualTo(LAST);
        assertThat(state.window().first()).isEqualTo(Towns.FIRST);
        for (long slot = LAST - 19; slot <= LAST; slot++) {
            boolean sent = slot % 7 != 3 || slot == LAST - 4;
            assertThat(state.window().arrived(slot)).isEqualTo(sent);
            float value = slot == LAST - 4 ? 33 : 20 + slot * 13 % 50;
            assertThat(state.window().value(slot, 0)).isEqualTo(Float.valueOf(sent ? value : Float.NaN));
        }
        assertThat(state.contains(4711, LAST)).isTrue();
        assertThat(state.contains(4712, LAST)).isFalse();
        assertThat(state.pendingCount()).isEqualTo(2);
        assertThat(state.window().isPending(LAST - 1)).isTrue();

        // And the seasonal state has the value of a day before
        assertThat(state.seasonal()).isNotNull();
        ProfileDays days = new ProfileDays(Towns.PROFILED);
        long yesterday = days.day(days.position(LAST)) - 1;
        assertThat(state.seasonal().value(yesterday, days.bin(days.position(LAST))))
                .isCloseTo(20 + (LAST - 24) * 13 % 50, offset(0.3f));
    }

    @Test
    void aLongWindowOfCommit69ad5fdIsTakenOver() throws IOException {
        // Given
        SensorLayout jena = new SensorLayout(NetworkFile.load("jena"));
        Sensors sensors = new Sensors(jena);

        // When
        sensors.takeOver(
                List.of(stored(OldStates.WINDOWS, "jena-windows"), stored(OldStates.CHUNKS, "jena-window-chunks")));
        assertThat(sensors.begin(0).windows()).isEmpty();

        // Then
        SensorState state = sensors.find("jena", sensors.view());
        assertThat(state).isNotNull();
        assertThat(state.window().newest()).isEqualTo(2_600_039);
        assertThat(state.window().isPending(2_600_039)).isTrue();
        for (long slot = 2_600_000; slot < 2_600_040; slot++) {
            assertThat(state.window().value(slot, 7))
                    .isEqualTo(Float.valueOf(slot % 5 == 2 ? Float.NaN : (slot * 31 + 7) % 97));
        }
    }

    @Test
    void version3KeepsItsForm() {
        // Given
        Sensors sensors = new Sensors(new SensorLayout(Towns.PROFILED));
        for (int slot = 0; slot < 3; slot++) {
            Towns.add(sensors, sensors.view(), Towns.PROFILED, "s", Towns.FIRST + slot, 50 + slot);
        }
        Map<String, String> records = new TreeMap<>();

        // When
        sensors.takeChanges((key, value) ->
                records.put(HexFormat.of().formatHex(key), HexFormat.of().formatHex(requireNonNull(value))));

        // Then the window lies under the sensor, the parts of the seasonal state beside it
        assertThat(StoredParts.VERSION).isEqualTo((byte) 3);
        assertThat(records.keySet())
                .containsExactly(
                        "73", "730000", "730001", "730002", "730003", "730004", "730005", "730006", "730007", "730008",
                        "730080", "730081");
        assertThat(records.get("73"))
                .as("version, form; offset, first, newest; area 52500 with its marks and values")
                .isEqualTo("03" + "652e62b0" + "00000000000668a2" + "00000000000668a0" + "00000000000668a2"
                        + "000000000000cd14" + "0602020000000000" + "42480000" + "424c0000" + "42500000"
                        + "00000000".repeat(5));
        assertThat(records.get("730004"))
                .as("version, form; see SeasonalState")
                .isEqualTo("03" + "854d9e93" + "5c440000" + "00004842" + "5c8f023f" + "0080828400000000"
                        + "00".repeat(16));
        assertThat(records.get("730080"))
                .as("version, form; scores: until which slot, then nothing counted yet; drift; see PendingForecasts")
                .startsWith("03" + "33f02410" + "a268060000000000" + "00".repeat(32 + DriftDetector.BYTES));
    }
}
