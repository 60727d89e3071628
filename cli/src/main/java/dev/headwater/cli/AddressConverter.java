package dev.headwater.cli;

import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.state.HostInfo;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads `HOST:PORT`.
final class AddressConverter implements ITypeConverter<HostInfo> {

    @Override
    public HostInfo convert(String text) {
        try {
            HostInfo address = HostInfo.buildFromEndpoint(text);
            if (address != null && address.port() > 0) {
                return address;
            }
        } catch (ConfigException e) {
            // told below
        }
        throw new TypeConversionException("must be HOST:PORT, found '" + text + "'");
    }
}
