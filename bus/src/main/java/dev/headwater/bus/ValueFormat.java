package dev.headwater.bus;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/// The encodings of a reading's values. A record states its form in the header [#HEADER].
public enum ValueFormat {
    /// A JSON object with a number per measure, for any producer: `{"speed": 71.4}`.
    JSON("json"),
    /// Magic byte, version byte, a float32 per measure: for high rates and audio frames.
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
        Header header = headers.lastHeader(HEADER);
        if (header == null) {
            return Optional.empty();
        }
        byte[] found = header.value();
        return Optional.of(Arrays.stream(values())
                .filter(format -> Arrays.equals(format.bytes, found))
                .findFirst()
                .orElseThrow(() -> new BadReadingException(
                        "header " + HEADER + ": must be json or binary, found " + Json.quote(found))));
    }
}
