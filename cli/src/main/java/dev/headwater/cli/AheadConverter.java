package dev.headwater.cli;

import dev.headwater.bus.Limits.Ahead;
import picocli.CommandLine.ITypeConverter;

/// Reads how far event time may lie ahead of the clock: `15m`, or `off` for any time.
final class AheadConverter implements ITypeConverter<Ahead> {

    private static final String OFF = "off";

    @Override
    public Ahead convert(String value) {
        return value.equals(OFF) ? new Ahead.Any() : new Ahead.Time(new TimeConverter().convert(value));
    }
}
