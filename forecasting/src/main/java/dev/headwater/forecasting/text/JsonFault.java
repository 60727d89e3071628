package dev.headwater.forecasting.text;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.Printable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/// Words the fault in JSON or YAML that could not be read into a record. Jackson's own messages name Java classes.
public final class JsonFault {

    private JsonFault() {}

    /// One line: the key, the rule, and what was found.
    public static String of(JacksonException e) {
        if (e.getCause() instanceof InvalidInputException || e.getCause() instanceof IllegalArgumentException) {
            return Printable.line(String.valueOf(e.getCause().getMessage()));
        }
        return switch (e) {
            case UnrecognizedPropertyException unknown -> "unknown key '" + path(e) + "'";
            case InvalidFormatException format ->
                key(e) + "must be " + ValueRule.of(format.getTargetType()) + ", found "
                        + Quote.of(String.valueOf(format.getValue()));
            case MismatchedInputException mismatch
            when mismatch.getTargetType() != null ->
                key(e) + "must be " + ValueRule.of(mismatch.getTargetType()) + ", found another value";
            case StreamReadException syntax -> "not JSON" + at(e);
            case JacksonException other ->
                (e.getPath().isEmpty() ? "a key" : path(e)) + " is missing or does not fit" + at(e);
        };
    }

    private static String key(JacksonException e) {
        return e.getPath().isEmpty() ? "" : path(e) + " ";
    }

    private static String at(JacksonException e) {
        return e.getLocation() == null || e.getLocation().getLineNr() < 1
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }

    /// The path of the faulty value in the file: `window.lookback`, `measures[0].name`.
    public static String path(JacksonException e) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : e.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.toString();
    }
}
