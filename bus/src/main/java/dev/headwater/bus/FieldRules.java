package dev.headwater.bus;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Rules that fields of several kinds of values share, and the message that names the field that breaks one.
///
/// @param fault       makes an exception of that message
/// @param exampleTime example of a time, for messages
record FieldRules(Function<String, BadValueException> fault, String exampleTime) {

    /// The text at the parser's position.
    String text(JsonParser json, String name) {
        if (json.currentToken() != JsonToken.VALUE_STRING || json.getString().isBlank()) {
            throw wrong(json, name, "a text that is not empty");
        }
        return json.getString();
    }

    /// The time at the parser's position, milliseconds since 1970.
    long instant(JsonParser json, String name) {
        String text = text(json, name);
        try {
            return Instant.parse(text).toEpochMilli();
        } catch (DateTimeParseException | ArithmeticException e) {
            throw wrong(json, name, "a time such as " + exampleTime);
        }
    }

    <T> T required(String name, @Nullable T value) {
        if (value == null) {
            throw fault.apply(name + ": must be there, found none");
        }
        return value;
    }

    /// @param rule what the field must be
    BadValueException wrong(JsonParser json, String name, String rule) {
        return fault.apply(name + ": must be " + rule + ", found " + Json.quote(json.getString()));
    }
}
