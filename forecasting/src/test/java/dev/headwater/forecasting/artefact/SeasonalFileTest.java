package dev.headwater.forecasting.artefact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.Fixtures;
import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.network.FeatureSpec;
import dev.headwater.forecasting.network.NetworkBuilder;
import dev.headwater.forecasting.network.Profile;
import dev.headwater.forecasting.network.SensorNetwork;
import dev.headwater.forecasting.reading.Series;
import dev.headwater.forecasting.reading.SeriesSeasonalStates;
import dev.headwater.forecasting.seasonal.OldSeasonalForm;
import dev.headwater.forecasting.seasonal.ProfileDays;
import dev.headwater.forecasting.seasonal.SeasonalStates;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeasonalFileTest {

    private static final SensorNetwork NETWORK = NetworkBuilder.like(Models.NETWORK)
            .features(new FeatureSpec(null, null, null, null, Profile.MOVING, true, null))
            .build();
    private static final Series SERIES = Fixtures.series(NETWORK, 3, 60, 1);
    private static final SeasonalStates STATES = SeriesSeasonalStates.after(SERIES, 60, SeasonalStates.of(NETWORK));
    private static final ForecastModel BARE = Models.of(NETWORK, SERIES, 1);
    private static final ForecastModel MODEL = new ForecastModel(
            BARE.manifest(), BARE.parameters(), BARE.scaler(), BARE.metrics(), STATES, BARE.samples(), BARE.card());
    private static final int HEAD = 16;

    @TempDir
    private Path folder;

    private static byte[] written() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SeasonalFile.content(BARE.manifest(), STATES).writeTo(out);
        return out.toByteArray();
    }

    private static SeasonalStates read(byte[] bytes) {
        return SeasonalFile.read(BARE.manifest(), MemorySegment.ofArray(bytes), "test");
    }

    private static void assertTheSame(SeasonalStates found) {
        assertThat(found.through()).isEqualTo(SERIES.firstSlot() + 59);
        assertThat(found.known().sensors()).containsExactlyInAnyOrderElementsOf(SERIES.sensors());
        for (String sensor : SERIES.sensors()) {
            assertThat(found.newest(sensor)).isEqualTo(STATES.newest(sensor)).isNotEqualTo(STATES.unknown());
        }
        assertThat(found.newest("stranger")).isEqualTo(STATES.unknown());
        assertThat(found.known().state("stranger")).isNull();
        assertThat(found.areSound()).isTrue();
    }

    @Test
    void eachSensorGetsItsStateBackFromMemoryAndFromAFileThatIsGone() throws IOException {
        // Given
        byte[] artefact = ModelFile.write(MODEL);
        Path file = Files.write(folder.resolve("model.zip"), artefact);
        Artefact mapped;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            mapped = Artefact.mapped(channel, "test");
        }

        // When
        Files.delete(file);

        // Then
        assertTheSame(ModelFile.read(mapped).seasonalStates());
        assertTheSame(ModelFile.read(artefact, "test").seasonalStates());
        assertThat(ModelFile.write(ModelFile.read(mapped))).isEqualTo(artefact);
    }

    @Test
    void aStateThatIsChangedLeavesTheArtefactAsItIs() throws IOException {
        // Given
        SeasonalStates states = read(written());

        // When
        Arrays.fill(states.newest("s1"), (byte) 1);

        // Then
        assertTheSame(states);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void refusesAStateThatNoReadingCouldChange(int what) throws IOException {
        // Given
        byte[] nonsense = written();
        ByteBuffer changed = ByteBuffer.wrap(nonsense).order(ByteOrder.LITTLE_ENDIAN);
        switch (what) {
            case 0 -> changed.putInt(HEAD, Integer.MAX_VALUE); // the day of the first part
            default -> changed.putFloat(HEAD + Integer.BYTES, Float.POSITIVE_INFINITY); // its base
        }

        // Then
        assertThat(read(nonsense).areSound()).isFalse();
        assertThatThrownBy(() ->
                        ModelFile.read(Resealed.part(ModelFile.write(MODEL), "pasts.bin", part -> nonsense), "test"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("test: pasts.bin must be of finite values");
    }

    @Test
    void refusesAnotherVersionAndAnotherLength() throws IOException {
        // Given
        byte[] later = written();
        ByteBuffer.wrap(later).order(ByteOrder.LITTLE_ENDIAN).putInt(0, 2);
        byte[] wider = written();
        ByteBuffer.wrap(wider).order(ByteOrder.LITTLE_ENDIAN).putInt(Integer.BYTES, 7);
        byte[] cut = Arrays.copyOf(later, later.length - 1);

        // Then
        int each = (later.length - HEAD) / 3;
        assertThatThrownBy(() -> read(later))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("test: pasts.bin must be of version 1 with " + each
                        + " bytes a sensor, found version 2 with " + each);
        assertThatThrownBy(() -> read(wider)).hasMessageEndingWith("found version 1 with 7");
        assertThatThrownBy(() -> read(cut))
                .hasMessage("test: the seasonal state of 3 sensors must have " + later.length + " bytes, found "
                        + cut.length);
        assertThatThrownBy(() -> read(new byte[0])).hasMessageEndingWith("found 0");
    }

    @Test
    void readsTheStatesOfFormat3() {
        // Given states of which the first sensor has a value of 50 in the first bin of every weekday
        ProfileDays days = new ProfileDays(NETWORK);
        ByteBuffer old =
                ByteBuffer.allocate(Long.BYTES + 3 * OldSeasonalForm.CHUNKS * OldSeasonalForm.chunkBytes(days));
        old.putLong(SERIES.firstSlot() + 59);
        for (int chunk = 0; chunk < 3 * OldSeasonalForm.CHUNKS; chunk++) {
            boolean weekday = chunk >= 8 && chunk < 15;
            old.putLong(weekday ? 17_000 + chunk : Long.MIN_VALUE).putInt(weekday ? 1 : 0);
            for (int bin = 0; bin < days.bins(); bin++) {
                old.putShort(Float.floatToFloat16(weekday && bin == 0 ? 50 : Float.NaN));
            }
        }
        byte[] artefact =
                Resealed.part(Resealed.asFormat3(ModelFile.write(MODEL), 20, 60), "pasts.bin", part -> old.array());

        // When
        SeasonalStates states = ModelFile.read(artefact, "test").seasonalStates();

        // Then
        assertThat(states.through()).isEqualTo(SERIES.firstSlot() + 59);
        assertThat(states.view().on(states.newest("s0")).profile(0).weekday(2, 0, 0))
                .isEqualTo(50);
        assertThat(states.view().on(states.newest("s0")).profile(0).weekday(2, 0, 1))
                .isNaN();
    }
}
