package dev.headwater.bus;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.sym.PropertyNameMatcher;
import tools.jackson.core.util.ByteArrayBuilder;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.core.util.Named;

/// Jackson's streaming reader and writer, set up once. No tree is built: a value is read in one pass.
final class Json {

    private static final int LONGEST_QUOTE = 60;
    private static final int SHOWN_BYTES = 10;

    // Values are coded on a few long-lived threads, so each keeps its own buffers instead of sharing a pool of them.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.threadLocalPool())
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();

    private Json() {}

    static JsonParser parser(byte[] value) {
        return FACTORY.createParser(ObjectReadContext.empty(), value);
    }

    static JsonGenerator generator(ByteArrayBuilder out) {
        return FACTORY.createGenerator(ObjectWriteContext.empty(), out);
    }

    /// Finds a field by the bytes of its name, without making a string of it.
    static PropertyNameMatcher matcher(java.util.List<String> names) {
        return FACTORY.constructNameMatcher(
                names.stream().map(Named::fromString).toList(), false);
    }

    /// The position at which a value stops being JSON, and the bytes around it.
    static String reason(JacksonException e, byte[] value) {
        if (e instanceof UnexpectedEndOfInputException) {
            return "not JSON: breaks off after byte " + value.length;
        }
        long at = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
        if (at < 0 || at >= value.length) {
            return "not JSON: nested too deeply, too long, or broken off";
        }
        int begin = (int) Math.max(0, at - SHOWN_BYTES);
        int end = (int) Math.min(value.length, at + SHOWN_BYTES);
        return "not JSON: at byte " + at + ", near " + quote(Arrays.copyOfRange(value, begin, end));
    }

    /// What was found, for a message: one line, shortened, in quotation marks.
    static String quote(byte @Nullable [] found) {
        return found == null ? "nothing" : quote(new String(found, StandardCharsets.UTF_8));
    }

    static String quote(String found) {
        return "'" + oneLine(found, LONGEST_QUOTE) + "'";
    }

    private static String oneLine(String text, int most) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= most ? line : line.substring(0, most) + "...";
    }
}
