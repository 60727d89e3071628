package dev.headwater.bus;

import dev.headwater.forecasting.Forecast;
import dev.headwater.forecasting.Forecast.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Forecasts for tests.
final class Forecasts {

    private static final List<String> NAMES =
            List.of("400001", "a", "\"ä\n", "\\\u0000\u001f\u007f\u0080", "\uD83C\uDFB5", "\uFFFD", "x".repeat(256));

    private Forecasts() {}

    /// Any forecast, one in eight of which has abstained.
    static Forecast any(Random random, int horizon) {
        int steps = random.nextInt(8) == 0 ? 0 : horizon;
        List<Interval> intervals = IntStream.range(0, random.nextInt(4))
                .mapToObj(n -> new Interval(
                        random.nextDouble(Double.MIN_VALUE, 1), numbers(random, steps), numbers(random, steps)))
                .toList();
        int lookback = random.nextInt(1, 1000);
        return new Forecast(
                NAMES.get(random.nextInt(NAMES.size())) + random.nextInt(10),
                random.nextLong(-1L << 45, 1L << 45),
                numbers(random, steps),
                intervals,
                random.nextInt(lookback + 1),
                lookback,
                "m@" + random.nextInt(100_000),
                random.nextInt(3) == 0 ? "" : "0123456789ab",
                random.nextBoolean());
    }

    private static float[] numbers(Random random, int steps) {
        float[] numbers = new float[steps];
        for (int step = 0; step < steps; step++) {
            numbers[step] = number(random);
        }
        return numbers;
    }

    /// Of usual size, or any finite bit pattern, or NaN.
    static float number(Random random) {
        float number = random.nextBoolean() ? random.nextFloat(-10, 80) : Float.intBitsToFloat(random.nextInt());
        return Float.isFinite(number) ? number : Float.NaN;
    }

    /// A whole forecast as text, for exact comparison: records compare arrays by identity, and no two floats
    /// have the same text.
    static String line(Forecast forecast) {
        String bounds = forecast.intervals().stream()
                .map(one -> one.level() + Arrays.toString(one.lower()) + Arrays.toString(one.upper()))
                .collect(Collectors.joining(" "));
        return String.join(
                "|",
                forecast.sensor(),
                Long.toString(forecast.issuedAt()),
                Arrays.toString(forecast.values()),
                bounds,
                forecast.observed() + "/" + forecast.lookback(),
                forecast.model(),
                forecast.artefact(),
                Boolean.toString(forecast.borrowed()));
    }
}
