package dev.headwater.forecasting.network;

import dev.headwater.forecasting.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// How large a file that people write may be. The reader of YAML takes seconds for each megabyte of a long line, so
/// what is far larger than any sound file is refused before it is read.
public final class FileSize {

    private static final long MAX_BYTES = 1 << 20;
    private static final double MEBIBYTE = 1 << 20;

    private FileSize() {}

    /// @param subject what the file is, for the message
    /// @throws InvalidInputException when it is larger than 1 MiB
    /// @throws IOException           when there is none
    public static void requireWritten(String subject, Path file) throws IOException {
        long bytes = Files.size(file);
        if (bytes > MAX_BYTES) {
            throw new InvalidInputException(String.format(
                    Locale.ROOT, "%s %s: must be at most 1 MiB, found %.1f", subject, file, bytes / MEBIBYTE));
        }
    }
}
