package dev.headwater.cli;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.streams.HostPort;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads `HOST:PORT`.
final class AddressConverter implements ITypeConverter<HostPort> {

    @Override
    public HostPort convert(String text) {
        try {
            return HostPort.parse(text);
        } catch (InvalidInputException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
