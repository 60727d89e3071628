package dev.headwater.forecasting;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/// A user's input (a file, a key, a value, an address) breaks a rule. The message is one line with the subject,
/// the rule, the value found, and the file or key; the command line prints it alone, without a stack trace.
/// Since it often quotes outside input, invisible characters in it are escaped.
public final class InvalidInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidInputException(String message) {
        super(Printable.line(message));
    }

    public InvalidInputException(String message, Throwable cause) {
        super(Printable.line(message), cause);
    }

    /// The exception for a file or folder that cannot be read. It words the reason because the JDK's own
    /// message is often just the path.
    ///
    /// @param subject what the file is and where: `network file city.yaml`
    /// @param file    the requested file
    public static InvalidInputException unreadable(String subject, Path file, IOException cause) {
        String reason = switch (cause) {
            case NoSuchFileException none -> "no such file or folder";
            case AccessDeniedException denied -> "no permission to read it";
            case NotDirectoryException plain -> "is no folder";
            case CharacterCodingException coding -> "must be text in UTF-8";
            case IOException other when Files.isDirectory(file) -> "is a folder, not a file";
            case IOException other -> "cannot be read: " + oneLine(other);
        };
        return new InvalidInputException(subject + ": " + reason, cause);
    }

    private static String oneLine(IOException cause) {
        String message = cause.getMessage();
        return message == null ? "the system says no more" : message.replaceAll("\\s+", " ");
    }
}
