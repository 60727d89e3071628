package dev.headwater.bus;

import dev.headwater.forecasting.InvalidInputException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Whether a folder takes files. It is tried, for permissions do not tell: a file system may be full or read-only.
public final class WritableFolder {

    private static final int PROBE_BYTES = 64 << 10;

    private WritableFolder() {}

    /// Makes the folder if it is missing, and writes a file there that goes again.
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
