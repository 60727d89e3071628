package dev.headwater.forecasting.seasonal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headwater.forecasting.network.Profile;
import dev.headwater.forecasting.seasonal.DayProfile.Rates;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The bytes of a seasonal state.
class SeasonalBytesTest {

    private static final Town TOWN = Town.hourly();
    private static final ProfileDays DAYS = new ProfileDays(TOWN.network());
    private static final long FIRST = TOWN.first();

    private static byte[] played(Town town, float[] values) {
        ProfileDays days = new ProfileDays(town.network());
        byte[] state = SeasonalState.unknown(days);
        SeasonalState view = new SeasonalState(days, Rates.MOVING).on(state);
        for (int i = 0; i < values.length; i++) {
            view.add(town.first() + i, values[i]);
        }
        return state;
    }

    /// Whoever changes the form changes its version too, and reads the former one.
    @Test
    void formIsThatOfItsVersion() throws Exception {
        // Given
        byte[] state = played(new Town(5, Profile.MOVING), new Town(5, Profile.MOVING).readings(1));

        // When
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(state);

        // Then
        assertThat(SeasonalState.VERSION).isEqualTo((byte) 1);
        assertThat(state).hasSize(5354);
        assertThat(HexFormat.of().formatHex(state, 0, 24))
                .isEqualTo("604300006cb38b420b1f1f3fc5009f65ac9f00006bcc005b");
        assertThat(HexFormat.of().formatHex(hash))
                .isEqualTo("840771dbc881d778c9761e53f996661a880be36bfbb8479892e9abbe04750e72");
    }

    @Test
    void whatIsStoredInPartsGoesOnAsIfNothingHadHappened() {
        // Given: a state whose touched parts are copied after each reading, as in the stream
        Random random = new Random(3);
        float[] values = TOWN.readings(3);
        byte[] state = SeasonalState.unknown(DAYS);
        byte[] stored = state.clone();
        SeasonalState view = new SeasonalState(DAYS, Rates.MOVING).on(state);
        for (int i = 0; i < values.length; i++) {
            view.add(FIRST + i, values[i]);
            int touched = view.takeTouched();
            for (int part = 0; part < view.parts(); part++) {
                if ((touched & 1 << part) != 0) {
                    System.arraycopy(state, view.offset(part), stored, view.offset(part), view.length(part));
                }
            }

            // When: it is restored at random times
            if (random.nextInt(10) == 0) {
                state = stored.clone();
                view = new SeasonalState(DAYS, Rates.MOVING).on(state);
            }
        }

        // Then
        assertThat(state).isEqualTo(played(TOWN, values));
    }

    @Test
    void partsCoverTheBytes() {
        // Given
        SeasonalState view = new SeasonalState(DAYS, Rates.MOVING);

        // Then
        int at = 0;
        for (int part = 0; part < view.parts(); part++) {
            assertThat(view.offset(part)).isEqualTo(at);
            at += view.length(part);
        }
        assertThat(at).isEqualTo(SeasonalState.bytes(DAYS));
    }

    @Test
    void readingTouchesItsDayAlone() {
        // Given
        SeasonalState view = new SeasonalState(DAYS, Rates.MOVING).on(SeasonalState.unknown(DAYS));
        view.add(FIRST, 50);
        view.takeTouched();

        // When
        view.add(FIRST + 1, 51);
        int sameDay = view.takeTouched();
        view.add(FIRST + 24, 52);
        int nextDay = view.takeTouched();
        view.add(FIRST + 25, 52);
        view.on(SeasonalState.unknown(DAYS));

        // Then: the first reading of a day also touches the profile
        assertThat(Integer.bitCount(sameDay)).isEqualTo(1);
        assertThat(Integer.bitCount(nextDay)).isEqualTo(2);
        assertThat(view.takeTouched()).isZero();
    }

    @Test
    void oneViewServesManyStates() {
        // Given
        SeasonalState shared = new SeasonalState(DAYS, Rates.MOVING);
        float[][] values = new float[3][];
        byte[][] states = new byte[3][];
        for (int s = 0; s < 3; s++) {
            values[s] = TOWN.readings(20 + s);
            states[s] = SeasonalState.unknown(DAYS);
        }

        // When
        for (int i = 0; i < TOWN.slots(); i++) {
            for (int s = 0; s < 3; s++) {
                shared.on(states[s]).add(FIRST + i, values[s][i]);
                shared.profile(0).kind(0, 5);
            }
        }

        // Then
        for (int s = 0; s < 3; s++) {
            assertThat(states[s]).isEqualTo(played(TOWN, values[s]));
        }
    }

    @Test
    void soundStatesHaveFiniteValuesAndNoLaterDay() {
        // Given
        byte[] state = played(TOWN, TOWN.readings(4));
        SeasonalState view = new SeasonalState(DAYS, Rates.MOVING);
        long today = DAYS.day(DAYS.position(FIRST + TOWN.slots() - 1));

        // Then
        assertThat(view.on(state).isSound(today)).isTrue();
        assertThat(view.on(state).isSound(today - 1)).isFalse();
        assertThat(view.on(SeasonalState.unknown(DAYS)).isSound(Long.MIN_VALUE)).isTrue();
        byte[] infinite = state.clone();
        Arrays.fill(infinite, infinite.length - 2, infinite.length, (byte) 0x7C);
        infinite[infinite.length - 2] = 0; // 0x7C00
        assertThat(view.on(infinite).isSound(today)).isFalse();
    }

    @Test
    void bytesOfAnotherIntervalAreRefused() {
        // Given
        SeasonalState view = new SeasonalState(DAYS, Rates.MOVING);

        // Then
        assertThatThrownBy(() -> view.on(new byte[5354]))
                .hasMessage("a seasonal state must have " + SeasonalState.bytes(DAYS) + " bytes, found 5354");
    }
}
