package dev.headwater.cli;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads `60s`, `5m`, `1h30m`, `500ms`, and the form of the network files, `PT5M` or `P1D`.
public final class TimeConverter implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String value) {
        try {
            Duration time = value.matches("\\d{1,9}ms")
                    ? Duration.ofMillis(Long.parseLong(value.substring(0, value.length() - 2)))
                    : Duration.parse(value.startsWith("P") ? value : "PT" + value.toUpperCase(Locale.ROOT));
            if (time.isPositive()) {
                return time;
            }
        } catch (DateTimeParseException e) {
            // reported below
        }
        throw new TypeConversionException("must be a time such as 60s or 5m, found '" + value + "'");
    }
}
