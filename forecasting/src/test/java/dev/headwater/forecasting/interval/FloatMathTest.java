package dev.headwater.forecasting.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FloatMathTest {

    private static final SplittableRandom RANDOM = new SplittableRandom(7);

    @Test
    void logarithmsAreThoseOfDoublesToTheLastBits() {
        // Given floats of all sizes, many of them near 1
        Stream<Float> sizes = Stream.generate(
                        () -> Float.intBitsToFloat(RANDOM.nextInt(0x00800000, Float.floatToIntBits(Float.MAX_VALUE))))
                .limit(200_000);
        Stream<Float> nearOne =
                Stream.generate(() -> 1 + (float) (RANDOM.nextDouble() - 0.5)).limit(200_000);

        // When, then
        Stream.concat(sizes, nearOne).forEach(x -> {
            double exact = Math.log(x);
            assertThat((double) FloatMath.log(x))
                    .as("log of %s", x)
                    .isCloseTo(exact, within(1e-8 + 1.2e-7 * Math.abs(exact)));
        });
    }

    @Test
    void exponentialsAreThoseOfDoublesToTheLastBits() {
        DoubleStream.generate(() -> 174 * (RANDOM.nextDouble() - 0.5))
                .limit(400_000)
                .forEach(x -> {
                    float given = (float) x;
                    double exact = Math.exp(given);
                    assertThat((double) FloatMath.exp(given))
                            .as("exp of %s", given)
                            .isCloseTo(exact, within(2e-7 * exact + Float.MIN_NORMAL));
                });
    }

    @ParameterizedTest
    @ValueSource(
            floats = {
                0,
                -0f,
                1,
                -1,
                Float.MIN_VALUE,
                Float.MIN_NORMAL,
                Float.MAX_VALUE,
                Float.POSITIVE_INFINITY,
                Float.NEGATIVE_INFINITY,
                Float.NaN,
                87,
                -87,
                88,
                -88,
                104
            })
    void boundariesAreThoseOfDoubles(float x) {
        assertSame(FloatMath.log(x), (float) Math.log(x));
        assertSame(FloatMath.exp(x), (float) Math.exp(x));
    }

    /// Infinities and NaN are themselves.
    private static void assertSame(float found, float exact) {
        if (Float.isFinite(exact)) {
            assertThat(found).isCloseTo(exact, within(2e-7f * Math.abs(exact)));
        } else {
            assertThat(Float.compare(found, exact)).isZero();
        }
    }
}
