package dev.headwater.bus;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The record that completes an artefact which travels in parts: a line of text under the key of its role, see
/// [ModelRole]. The parts come before it, in their order, under keys of their own: `KEY#00000`, `KEY#00001`,
/// ...
///
/// @param sha256 of the artefact, lower-case hexadecimal
/// @param bytes  of the artefact
/// @param parts  number of parts
public record PartsHead(String sha256, long bytes, int parts) {

    /// No zip begins like this, so a version that does not know parts refuses it as a model.
    private static final String MAGIC = "headwater-parts/1";

    /// The form of the line, as a regular expression: the fields in their order.
    public static final String FORM = MAGIC + " ([0-9a-f]{64}) ([0-9]{1,10}) ([0-9]{1,5})";

    private static final Pattern LINE = Pattern.compile(FORM);
    private static final int LONGEST = 128;
    private static final char SEPARATOR = '#'; // in no network's name
    private static final Pattern NUMBER = Pattern.compile("[0-9]{5}");

    /// The line.
    public byte[] encode() {
        return (MAGIC + " " + sha256 + " " + bytes + " " + parts).getBytes(StandardCharsets.US_ASCII);
    }

    /// Empty when the value is none.
    static Optional<PartsHead> of(byte[] value) {
        if (value.length > LONGEST) {
            return Optional.empty();
        }
        Matcher line = LINE.matcher(new String(value, StandardCharsets.US_ASCII));
        return line.matches()
                ? Optional.of(
                        new PartsHead(line.group(1), Long.parseLong(line.group(2)), Integer.parseInt(line.group(3))))
                : Optional.empty();
    }

    /// The key of a part.
    ///
    /// @param head key of the head
    public static String key(String head, int part) {
        return String.format(Locale.ROOT, "%s%c%05d", head, SEPARATOR, part);
    }

    /// The number of the part under a key; empty when it is no part of an artefact of that head.
    static OptionalInt part(String key, String head) {
        int at = head.length() + 1;
        return key.length() > at
                        && key.startsWith(head)
                        && key.charAt(at - 1) == SEPARATOR
                        && NUMBER.matcher(key.substring(at)).matches()
                ? OptionalInt.of(Integer.parseInt(key.substring(at)))
                : OptionalInt.empty();
    }
}
