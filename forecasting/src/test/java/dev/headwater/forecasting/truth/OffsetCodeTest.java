package dev.headwater.forecasting.truth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class OffsetCodeTest {

    /// The code by its definition, before rounding.
    private static double exact(float offset, float unit) {
        return Byte.MAX_VALUE + 13 * Math.log(Math.abs((double) offset) / unit) / Math.log(2);
    }

    @Test
    void theNearestOfTheMagnitudesIsTaken() {
        Random random = new Random(5);
        for (int i = 0; i < 200_000; i++) {
            // Given
            float unit = (float) Math.exp(10 * random.nextGaussian());
            float offset = (float) (unit * Math.pow(2, -11 * random.nextDouble())) * (random.nextBoolean() ? 1 : -1);

            // When
            byte code = OffsetCode.of(offset, unit);

            // Then
            double exact = Math.max(0, exact(offset, unit));
            assertThat(Math.abs(Math.abs(code) - exact))
                    .as("%s of %s", offset, unit)
                    .isLessThan(0.5 + 1e-5);
            assertThat(code == 0 || code < 0 == offset < 0).isTrue();
        }
    }

    @Test
    void aLargerDistanceNeverHasASmallerCode() {
        // Given
        float unit = 3;
        int before = -1;

        // When: all distances in small steps, and every code as it comes out
        for (int bits = Float.floatToRawIntBits(unit / 2000); bits <= Float.floatToRawIntBits(unit); bits += 97) {
            byte code = OffsetCode.of(Float.intBitsToFloat(bits), unit);
            assertThat((int) code).isGreaterThanOrEqualTo(before);
            before = code;
        }

        // Then
        assertThat(before).isEqualTo(Byte.MAX_VALUE);
        for (int code = -Byte.MAX_VALUE; code <= Byte.MAX_VALUE; code++) {
            assertThat(OffsetCode.of(OffsetCode.offset((byte) code, unit), unit))
                    .isEqualTo((byte) code);
        }
    }

    @Test
    void noDistanceAndNoBoundHaveCodesOfTheirOwn() {
        assertThat(OffsetCode.of(0, 0)).isZero();
        assertThat(OffsetCode.of(0, 5)).isZero();
        assertThat(OffsetCode.of(Float.MIN_VALUE, Float.MAX_VALUE)).isZero();
        assertThat(OffsetCode.of(Float.NaN, 5)).isEqualTo(OffsetCode.NONE);
        assertThat(OffsetCode.offset(OffsetCode.NONE, 5)).isNaN();
    }
}
