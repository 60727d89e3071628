package dev.headwater.bus;

import dev.headwater.forecasting.InvalidInputException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Checks that a folder is writable by writing a file: permissions do not show that a file system is full or
/// read-only.
public final class WritableFolder {

    private static final int PROBE_BYTES = 64 << 10;

    private WritableFolder() {}

    /// Creates the folder if it is missing, writes a file there and deletes it.
    ///
    /// @throws InvalidInputException when that fails
    public static void require(Path folder) {
        String fault = fault(folder);
        if (fault != null) {
            throw new InvalidInputException("data folder " + folder + " cannot be written: " + fault);
        }
    }

    /// Why the folder cannot be written; null when it can.
    static @Nullable String fault(Path folder) {
        try {
            Files.createDirectories(folder);
            Path probe = Files.createTempFile(folder, ".headwater", null);
            try {
                Files.write(probe, new byte[PROBE_BYTES]);
            } finally {
                Files.deleteIfExists(probe);
            }
            return null;
        } catch (IOException e) {
            return reason(e);
        }
    }

    private static String reason(IOException fault) {
        return switch (fault) {
            case FileAlreadyExistsException file -> file.getFile() + " is a file";
            case AccessDeniedException file -> "permission denied (" + file.getFile() + ")";
            case FileSystemException file ->
                file.getReason() == null ? file.toString() : file.getReason() + " (" + file.getFile() + ")";
            default -> String.valueOf(fault.getMessage());
        };
    }
}
