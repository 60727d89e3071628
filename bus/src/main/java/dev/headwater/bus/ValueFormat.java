package dev.headwater.bus;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/// The forms of a value on the topics of readings and forecasts. A record states its form in the header [#HEADER].
public enum ValueFormat {
    /// A JSON object, for any program: `{"speed": 71.4}`.
    JSON("json"),
    /// Magic byte, version byte, numbers as float32: for high rates and audio frames.
    BINARY("binary");

    /// Name of the record header.
    public static final String HEADER = "headwater-format";

    private final String word;
    private final byte[] bytes;

    ValueFormat(String word) {
        this.word = word;
        this.bytes = word.getBytes(StandardCharsets.UTF_8);
    }

    /// The word in the header and in settings.
    public String word() {
        return word;
    }

    /// Writes the header, replacing an existing one.
    public void mark(Headers headers) {
        headers.remove(HEADER);
        headers.add(HEADER, bytes);
    }

    /// The form that the header states; empty when there is no header.
    ///
    /// @throws BadReadingException when the header holds another word
    public static Optional<ValueFormat> stated(Headers headers) {
        return stated(headers, BadReadingException::new);
    }

    /// @param fault makes the exception that is thrown when the header holds another word
    static Optional<ValueFormat> stated(Headers headers, Function<String, ? extends BadValueException> fault) {
        Header header = headers.lastHeader(HEADER);
        if (header == null) {
            return Optional.empty();
        }
        byte[] found = header.value();
        return Optional.of(Arrays.stream(values())
                .filter(format -> Arrays.equals(format.bytes, found))
                .findFirst()
                .orElseThrow(() ->
                        fault.apply("header " + HEADER + ": must be json or binary, found " + Json.quote(found))));
    }
}
