package dev.headwater.cli;

import dev.headwater.streams.Guarantee;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads `at-least-once` or `exactly-once`.
final class GuaranteeConverter implements ITypeConverter<Guarantee> {

    @Override
    public Guarantee convert(String value) {
        for (Guarantee guarantee : Guarantee.values()) {
            if (guarantee.word().equals(value)) {
                return guarantee;
            }
        }
        throw new TypeConversionException("must be at-least-once or exactly-once, found '" + value + "'");
    }
}
