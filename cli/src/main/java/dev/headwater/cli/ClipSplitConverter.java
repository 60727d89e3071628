package dev.headwater.cli;

import dev.headwater.forecasting.audio.ClipSplit;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads `speaker` or `random`.
final class ClipSplitConverter implements ITypeConverter<ClipSplit.By> {

    @Override
    public ClipSplit.By convert(String value) {
        return Arrays.stream(ClipSplit.By.values())
                .filter(by -> by.label().equals(value))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("must be speaker or random, found '" + value + "'"));
    }
}
