package dev.headwater.ingest.reader;

import dev.headwater.forecasting.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// Names data by its content, so that a model can state what it was trained on.
public final class Fingerprint {

    private Fingerprint() {}

    /// SHA-256 of one file, 64 hexadecimal digits as `sha256sum` prints them.
    ///
    /// @throws InvalidInputException when the file cannot be read
    public static String of(Path file) {
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw InvalidInputException.unreadable(Faults.name(file), file, e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /// SHA-256 over the fingerprints of several files in the order given; for a single file, that file's own.
    ///
    /// @throws InvalidInputException when a file cannot be read
    public static String of(List<Path> files) {
        if (files.size() == 1) {
            return of(files.getFirst());
        }
        MessageDigest digest = sha256();
        for (Path file : files) {
            digest.update(of(file).getBytes(StandardCharsets.US_ASCII));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
