package dev.headwater.dist;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Writes a file for `sha256sum --check`.
final class Checksums {

    private Checksums() {}

    /// @param args the file to write, and the files to sum
    public static void main(String[] args) throws IOException, NoSuchAlgorithmException {
        StringBuilder lines = new StringBuilder();
        for (int i = 1; i < args.length; i++) {
            Path file = Path.of(args[i]);
            lines.append(sum(file)).append("  ").append(file.getFileName()).append('\n');
        }
        Files.writeString(Path.of(args[0]), lines);
    }

    private static String sum(Path file) throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
