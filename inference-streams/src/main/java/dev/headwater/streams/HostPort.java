package dev.headwater.streams;

import dev.headwater.forecasting.InvalidInputException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where the endpoints of an instance can be reached.
public record HostPort(String host, int port) {

    private static final Pattern FORM = Pattern.compile("(?<host>[^\\s/:]+|\\[[0-9a-fA-F:.]+]):(?<port>[0-9]{1,5})");
    private static final int MAX_PORT = 65_535;

    /// Reads `HOST:PORT`.
    ///
    /// @throws InvalidInputException when it has another form
    public static HostPort parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (parts.matches()) {
            int port = Integer.parseInt(parts.group("port"));
            if (port > 0 && port <= MAX_PORT) {
                return new HostPort(parts.group("host"), port);
            }
        }
        throw new InvalidInputException("address: must be HOST:PORT, found '" + text + "'");
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
