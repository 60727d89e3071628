package dev.headwater.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The digits are those of [Float#toString(float)].
class FloatDigitsTest {

    private static final int AT = 3;
    private static final int NEIGHBOURS = 40;

    private final byte[] bytes = new byte[AT + FloatDigits.ROOM];

    private void assertDigits(float value) {
        int end = FloatDigits.write(value, bytes, AT);
        String digits = new String(bytes, AT, end - AT, StandardCharsets.US_ASCII);
        if (!digits.equals(Float.toString(value))) { // an assertion for each of millions would take minutes
            assertThat(digits).isEqualTo(Float.toString(value));
        }
    }

    /// A float of either sign and those next to it.
    private void assertAround(float value) {
        float up = value;
        float down = value;
        for (int i = 0; i < NEIGHBOURS; i++) {
            for (float one : new float[] {up, down, -up, -down}) {
                if (Float.isFinite(one)) {
                    assertDigits(one);
                }
            }
            up = Math.nextUp(up);
            down = Math.nextDown(down);
        }
    }

    @Test
    void areThoseOfFloatsAtEveryBoundary() {
        // Given powers of two and of ten, and whole numbers, where the distance to the next float or the
        // notation changes / Then
        for (int exponent = -149; exponent <= 127; exponent++) {
            assertAround(Math.scalb(1f, exponent));
            assertAround(Math.scalb(1.5f, exponent));
        }
        for (int exponent = -45; exponent <= 38; exponent++) {
            assertAround(Float.parseFloat("1e" + exponent));
            assertAround(Float.parseFloat("5e" + exponent));
        }
        for (float value : new float[] {0, 0.001f, 9_999_999, 1e7f, 1 << 23, 1 << 24, Float.MAX_VALUE}) {
            assertAround(value);
        }
    }

    @Test
    void areThoseOfShortDecimals() {
        for (int n = 0; n < 300_000; n++) {
            assertDigits(n);
            assertDigits(n / 10f);
            assertDigits(n / 100f);
            assertDigits(-n / 1000f);
            assertDigits(n / 10_000f);
            assertDigits(n + 0.5f);
        }
    }

    @Test
    void areThoseOfAnyFloat() {
        Random random = new Random(11);
        for (int i = 0; i < 2_000_000; i++) {
            // Given one of any bits, and one that is written without an exponent / Then
            float any = Float.intBitsToFloat(random.nextInt());
            if (Float.isFinite(any)) {
                assertDigits(any);
            }
            assertDigits(Math.scalb(1 + random.nextFloat(), random.nextInt(-11, 25)));
        }
    }

    @Test
    void areThoseOfWholeNumbers() {
        for (int value : new int[] {0, 9, 10, 99, 100, 1000, 65_535, 123_456_789, Integer.MAX_VALUE}) {
            int end = FloatDigits.writeWhole(value, bytes, 0);
            assertThat(new String(bytes, 0, end, StandardCharsets.US_ASCII)).isEqualTo(Integer.toString(value));
        }
    }
}
