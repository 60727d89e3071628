package dev.headwater.forecasting;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/// Wording of counts and times in messages.
public final class Words {

    private static final double WHOLE_WITHIN = 1e-6;

    private Words() {}

    /// Units of time, the longest first.
    private enum Unit {
        DAYS("d", 24 * 60),
        HOURS("h", 60),
        MINUTES("min", 1),
        SECONDS("s", 1.0 / 60),
        MILLISECONDS("ms", 1.0 / 60_000);

        private final String sign;
        private final double minutes;

        Unit(String sign, double minutes) {
            this.sign = sign;
            this.minutes = minutes;
        }

        /// The longest unit in which all times are whole numbers.
        static Unit of(double... minutes) {
            for (Unit unit : values()) {
                if (DoubleStream.of(minutes).allMatch(unit::isWhole)) {
                    return unit;
                }
            }
            return MILLISECONDS;
        }

        private boolean isWhole(double time) {
            double count = time / minutes;
            return Math.abs(count - Math.rint(count)) < WHOLE_WITHIN;
        }

        String say(double time) {
            return String.format(Locale.ROOT, "%.0f", time / minutes);
        }
    }

    /// A count with a noun whose plural ends in s: `1 sensor`, `2 sensors`.
    public static String count(long number, String singular) {
        return number + " " + (number == 1 ? singular : singular + "s");
    }

    /// A time in the longest unit in which it is a whole number: `15 min`, `1 h`.
    public static String time(double minutes) {
        Unit unit = Unit.of(minutes);
        return unit.say(minutes) + " " + unit.sign;
    }

    /// Times in one common unit, repeated after each: `15 min`, `30 min`, `60 min`.
    public static List<String> times(double... minutes) {
        Unit unit = Unit.of(minutes);
        return DoubleStream.of(minutes)
                .mapToObj(time -> unit.say(time) + " " + unit.sign)
                .toList();
    }

    /// Times in one common unit, named once: `15 / 30 / 60 min`, `3 / 6 / 12 h`.
    public static String series(double... minutes) {
        Unit unit = Unit.of(minutes);
        return String.join(" / ", DoubleStream.of(minutes).mapToObj(unit::say).toList()) + " " + unit.sign;
    }
}
