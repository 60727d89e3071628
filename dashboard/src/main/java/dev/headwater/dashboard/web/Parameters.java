package dev.headwater.dashboard.web;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.Printable;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.OptionalLong;

/// Parameters of requests.
final class Parameters {

    private static final int SHOWN = 60;

    private Parameters() {}

    /// @throws InvalidInputException when it is no number, or not in the range
    static double number(Context request, String name, double otherwise, double least, double most) {
        String text = request.queryParam(name);
        if (text == null) {
            return otherwise;
        }
        try {
            double value = Double.parseDouble(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw wrong(name, "a number from " + plain(least) + " to " + plain(most), text);
    }

    /// @throws InvalidInputException when it is no whole number, or not in the range
    static int whole(Context request, String name, int otherwise, int least, int most) {
        double value = number(request, name, otherwise, least, most);
        if (value != Math.rint(value)) {
            throw wrong(name, "a whole number", plain(value));
        }
        return (int) value;
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }

    /// A time in milliseconds since 1970, or in the form of ISO 8601; empty when it is not given.
    ///
    /// @throws InvalidInputException when it has another form
    static OptionalLong time(Context request, String name) {
        String text = request.queryParam(name);
        if (text == null) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(
                    text.matches("-?\\d{1,15}")
                            ? Long.parseLong(text)
                            : Instant.parse(text).toEpochMilli());
        } catch (DateTimeParseException e) {
            throw wrong(name, "milliseconds since 1970 or a time such as 2017-06-01T00:00:00Z", text);
        }
    }

    /// @throws InvalidInputException when it is not given
    static String text(Context request, String name) {
        String text = request.queryParam(name);
        if (text == null || text.isBlank()) {
            throw wrong(name, "given", "none");
        }
        return text;
    }

    static InvalidInputException wrong(String name, String rule, String found) {
        return new InvalidInputException(name + ": must be " + rule + ", found " + Printable.shortened(found, SHOWN));
    }
}
