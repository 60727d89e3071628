package dev.headwater.bus;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.sym.PropertyNameMatcher;
import tools.jackson.core.util.ByteArrayBuilder;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.core.util.Named;

/// Jackson's streaming reader and writer, set up once. No tree is built: a value is read in one pass.
final class Json {

    private static final int LONGEST_QUOTE = 60;

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

    /// Jackson's own words on what is wrong, on one line.
    static String reason(JacksonException e) {
        return "not JSON: " + oneLine(e.getOriginalMessage(), 200);
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
