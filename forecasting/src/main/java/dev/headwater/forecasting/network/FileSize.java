package dev.headwater.forecasting.network;

import dev.headwater.forecasting.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// Limits the size of a file that people write. The YAML reader takes seconds per megabyte of a long line, so a
/// file far larger than any valid one is refused before it is read.
public final class FileSize {

    private static final long MAX_BYTES = 1 << 20;
    private static final double MEBIBYTE = 1 << 20;

    private FileSize() {}

    /// @param subject what the file is, for the message
    /// @throws InvalidInputException when it is larger than 1 MiB
    /// @throws IOException           when there is no such file
    public static void requireWritten(String subject, Path file) throws IOException {
        long bytes = Files.size(file);
        if (bytes > MAX_BYTES) {
            throw new InvalidInputException(String.format(
                    Locale.ROOT, "%s %s: must be at most 1 MiB, found %.1f", subject, file, bytes / MEBIBYTE));
        }
    }
}
