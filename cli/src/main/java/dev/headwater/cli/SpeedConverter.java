package dev.headwater.cli;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.ingest.replay.Speed;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads `300x` or `max`.
public final class SpeedConverter implements ITypeConverter<Speed> {

    @Override
    public Speed convert(String value) {
        try {
            return Speed.parse(value);
        } catch (InvalidInputException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
