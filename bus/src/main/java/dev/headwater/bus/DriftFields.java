package dev.headwater.bus;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A field of a value about drift, and the fields below it; each reader says in one line what is wrong. Such values are
/// rare, so they are read as a tree.
///
/// @param name for messages
/// @param json missing where there is none
record DriftFields(String name, JsonNode json) {

    /// @throws BadDriftException when the value is no JSON object
    static DriftFields of(byte @Nullable [] value) {
        if (value == null || value.length == 0) {
            throw new BadDriftException("no value");
        }
        try {
            JsonNode root = JsonMapper.shared().readTree(value);
            if (!root.isObject()) {
                throw new BadDriftException("not a JSON object");
            }
            return new DriftFields("", root);
        } catch (JacksonException e) {
            throw new BadDriftException(Json.reason(e, value));
        }
    }

    boolean has(String field) {
        return json.has(field);
    }

    DriftFields field(String field) {
        return new DriftFields(field, json.path(field));
    }

    List<DriftFields> list(String field) {
        DriftFields list = field(field);
        if (!list.json.isArray() || list.json.isEmpty()) {
            throw list.wrong("a list that is not empty");
        }
        return list.json.valueStream().map(one -> new DriftFields(field, one)).toList();
    }

    String text() {
        if (!json.isString() || json.asString().isBlank()) {
            throw wrong("a text that is not empty");
        }
        return json.asString();
    }

    /// Milliseconds since 1970.
    long time() {
        try {
            return Instant.parse(text()).toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw wrong("a time such as 2017-05-25T07:00:00Z");
        }
    }

    int count(int least) {
        if (!json.isInt() || json.intValue() < least) {
            throw wrong("a whole number from " + least);
        }
        return json.intValue();
    }

    <E extends Enum<E>> E word(E[] all, Function<E, String> word) {
        return Arrays.stream(all)
                .filter(one -> json.isString() && word.apply(one).equals(json.asString()))
                .findFirst()
                .orElseThrow(
                        () -> wrong("one of " + Arrays.stream(all).map(word).collect(Collectors.joining(", "))));
    }

    private BadDriftException wrong(String rule) {
        String found = json.isString() ? json.asString() : json.toString();
        return new BadDriftException(
                name + ": must be " + rule + ", found " + (json.isMissingNode() ? "none" : Json.quote(found)));
    }
}
