package dev.headwater.ingest.reader;

import dev.headwater.forecasting.InvalidInputException;
import java.nio.file.Path;

/// Error messages about files: always one line that names the file.
final class Faults {

    /// Bytes are missing or wrong, which cannot be repaired by hand.
    static final String DAMAGED = "damaged or broken off, get it again from its source";

    private static final int LONGEST_VALUE = 40;

    private Faults() {}

    /// The file's name without its folders.
    static String name(Path file) {
        Path name = file.getFileName();
        return name == null ? file.toString() : name.toString();
    }

    static InvalidInputException in(Path file, String fault) {
        return new InvalidInputException(name(file) + ": " + fault);
    }

    static InvalidInputException in(Path file, String fault, Throwable cause) {
        return new InvalidInputException(name(file) + ": " + fault + ": " + reason(cause), cause);
    }

    /// @param row as an editor counts: the first line is 1
    static InvalidInputException at(Path file, long row, String fault) {
        return new InvalidInputException(name(file) + " row " + row + ": " + fault);
    }

    /// @param column the column in words: `sensor 400001`, `column time`
    static InvalidInputException at(Path file, long row, String column, String fault) {
        return new InvalidInputException(name(file) + " row " + row + ", " + column + ": " + fault);
    }

    /// A value found, quoted, shortened and free of line breaks.
    static String quote(String value) {
        String line = value.replaceAll("\\p{Cntrl}", "?");
        return "'" + (line.length() > LONGEST_VALUE ? line.substring(0, LONGEST_VALUE) + "..." : line) + "'";
    }

    /// Why something failed, in one line: the message, or the kind of failure when it has none.
    static String reason(Throwable cause) {
        String message = cause.getMessage();
        return message == null || message.isBlank()
                ? cause.getClass().getSimpleName()
                : message.lines().findFirst().orElse("").strip();
    }
}
