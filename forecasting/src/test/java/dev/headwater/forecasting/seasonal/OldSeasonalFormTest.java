package dev.headwater.forecasting.seasonal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.headwater.forecasting.network.Profile;
import dev.headwater.forecasting.seasonal.DayProfile.Rates;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/// A state that the code before version 1 wrote, `seasonal/old-seasonal-state.base64` (zipped), after 20 days and
/// 100 readings at five minutes.
class OldSeasonalFormTest {

    private static final Town TOWN = new Town(5, Profile.MOVING);
    private static final ProfileDays DAYS = new ProfileDays(TOWN.network());
    private static final int READINGS = 20 * 288 + 100;

    /// The reading that was added at a row, NaN = missing. It has steps of up to 6 within an hour, and days differ
    /// by up to 30.
    private static float reading(int row) {
        int day = row / 288;
        boolean missing = row % 7 == 3 || day == 14;
        return missing ? Float.NaN : 40 + 5 * (day * 3 % 7) + 2 * (row / 12 % 24 % 9) + row / 4 % 3;
    }

    private static byte[] old() throws IOException {
        try (InputStream file = OldSeasonalFormTest.class.getResourceAsStream("/seasonal/old-seasonal-state.base64")) {
            assertThat(file).isNotNull();
            String text = new String(file.readAllBytes(), StandardCharsets.US_ASCII);
            byte[] zipped = Base64.getMimeDecoder().decode(text);
            return new GZIPInputStream(new ByteArrayInputStream(zipped)).readAllBytes();
        }
    }

    private static SeasonalState read(byte[] old) {
        OldSeasonalForm form = new OldSeasonalForm(DAYS, Rates.MOVING);
        ByteBuffer in = ByteBuffer.wrap(old);
        for (int chunk = 0; chunk < OldSeasonalForm.CHUNKS; chunk++) {
            form.read(chunk, in);
        }
        assertThat(in.hasRemaining()).isFalse();
        return new SeasonalState(DAYS, Rates.MOVING).on(form.state());
    }

    private static SeasonalState played(int readings) {
        SeasonalState state = new SeasonalState(DAYS, Rates.MOVING).on(SeasonalState.unknown(DAYS));
        for (int row = 0; row < readings; row++) {
            state.add(TOWN.first() + row, reading(row));
        }
        return state;
    }

    @Test
    void lastDaysHaveTheirValues() throws IOException {
        // When
        SeasonalState state = read(old());

        // Then
        for (int row = READINGS - 7 * 288; row < READINGS; row++) {
            long position = DAYS.position(TOWN.first() + row);
            float found = state.value(DAYS.day(position), DAYS.bin(position));
            if (Float.isNaN(reading(row))) {
                assertThat(found).isNaN();
            } else {
                assertThat(found).isCloseTo(reading(row), within(0.09f)); // half a step: 30 / 200
            }
        }
        long day = DAYS.day(DAYS.position(TOWN.first() + READINGS - 1));
        assertThat(state.isSound(day)).isTrue();
        assertThat(state.isSound(day - 1)).isFalse();
    }

    @Test
    void profileIsTheSame() throws IOException {
        // When
        SeasonalState state = read(old());

        // Then
        assertNear(state, played(READINGS));
    }

    @Test
    void goesOnWithTheReadingsAfterIt() throws IOException {
        // Given
        SeasonalState state = read(old());

        // When: the rest of the day, and two days more
        for (int row = READINGS; row < READINGS + 500; row++) {
            state.add(TOWN.first() + row, reading(row));
        }

        // Then
        assertNear(state, played(READINGS + 500));
    }

    /// Within the steps of the readings, which the old form smoothed over five bins and this one over four.
    private static void assertNear(SeasonalState found, SeasonalState expected) {
        for (int bin = 0; bin < 288; bin++) {
            for (int weekday = 0; weekday < 7; weekday++) {
                int kind = weekday >= 5 ? 1 : 0;
                assertClose(
                        found.profile(0).weekday(weekday, kind, bin),
                        expected.profile(0).weekday(weekday, kind, bin));
                assertClose(
                        found.profile(0).kind(kind, bin), expected.profile(0).kind(kind, bin));
                assertClose(
                        found.profile(0).spread(kind, bin), expected.profile(0).spread(kind, bin));
            }
        }
    }

    private static void assertClose(float found, float expected) {
        assertThat(found).isCloseTo(expected, within(2f));
    }

    @Test
    void profileOfANetworkWithAFixedOneStaysAsItWas() throws IOException {
        // Given
        OldSeasonalForm form = new OldSeasonalForm(DAYS, null);
        ByteBuffer in = ByteBuffer.wrap(old());
        for (int chunk = 0; chunk < OldSeasonalForm.CHUNKS; chunk++) {
            form.read(chunk, in);
        }
        SeasonalState state = new SeasonalState(DAYS, null).on(form.state());
        DayProfile before = state.profile(0).frozen(null);

        // When
        for (int row = READINGS; row < READINGS + 500; row++) {
            state.add(TOWN.first() + row, reading(row));
        }

        // Then
        assertThat(state.profile(0).frozen(before)).isSameAs(before);
    }

    @Test
    void aChunkCutShortIsRefused() {
        // Given
        OldSeasonalForm form = new OldSeasonalForm(DAYS, Rates.MOVING);
        ByteBuffer in = ByteBuffer.allocate(OldSeasonalForm.chunkBytes(DAYS) - 1);

        // Then
        assertThatThrownBy(() -> form.read(0, in)).isInstanceOf(BufferUnderflowException.class);
    }
}
