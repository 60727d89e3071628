package dev.headwater.cli;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads an amount of memory: `512m`, `2g`, or bytes.
final class BytesConverter implements ITypeConverter<Long> {

    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,9})([kmg]?)b?");
    private static final Map<String, Integer> SHIFTS = Map.of("", 0, "k", 10, "m", 20, "g", 30);

    @Override
    public Long convert(String value) {
        Matcher amount = AMOUNT.matcher(value.toLowerCase(Locale.ROOT));
        if (!amount.matches()) {
            throw new TypeConversionException("must be an amount of memory such as 512m or 2g, found '" + value + "'");
        }
        return Long.parseLong(amount.group(1)) << SHIFTS.getOrDefault(amount.group(2), 0);
    }
}
