package dev.headwater.forecasting.artefact;

import dev.headwater.forecasting.InvalidInputException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// A zip whose comment is the SHA-256 of all bytes before it. Any zip tool opens it; any changed byte breaks
/// the seal. Reading happens in memory, accepts known names only, and unpacks at most an eighth of the heap: a
/// hostile zip can neither write files nor exhaust the memory.
public final class SealedZip {

    private static final int SEAL = 64; // hexadecimal digits of a SHA-256
    private static final int HEAP_SHARE = 8; // reading holds several copies of the unpacked bytes
    private static final int MAX_BYTES =
            (int) Math.min(512 << 20, Runtime.getRuntime().maxMemory() / HEAP_SHARE);
    private static final long EPOCH = 0;

    private SealedZip() {}

    /// The zip of the parts, in their order, with its seal.
    public static byte[] write(Map<String, byte[]> parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setComment("0".repeat(SEAL));
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                ZipEntry entry = new ZipEntry(part.getKey());
                entry.setTime(EPOCH); // a fixed time: the same model gives the same bytes
                zip.putNextEntry(entry);
                zip.write(part.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] sealed = bytes.toByteArray();
        byte[] sum = sha256(sealed, sealed.length - SEAL).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(sum, 0, sealed, sealed.length - SEAL, SEAL);
        return sealed;
    }

    /// Reads the parts of a zip after checking its seal.
    ///
    /// @param known names that may occur
    /// @param source name of the zip in messages
    /// @throws InvalidInputException when it is damaged, not such a zip, or has other parts
    public static Map<String, byte[]> read(byte[] bytes, Collection<String> known, String source) {
        return read(bytes, known, source, MAX_BYTES);
    }

    /// @param most limit for the bytes of all parts together
    static Map<String, byte[]> read(byte[] bytes, Collection<String> known, String source, int most) {
        if (bytes.length < SEAL || bytes[0] != 'P' || bytes[1] != 'K') {
            throw new InvalidInputException(source + ": no Headwater model: not a zip file");
        }
        String seal = new String(bytes, bytes.length - SEAL, SEAL, StandardCharsets.US_ASCII);
        if (!seal.equals(sha256(bytes, bytes.length - SEAL))) {
            throw new InvalidInputException(source
                    + ": damaged, or no Headwater model: its SHA-256 is not the one it was sealed with; take it from its"
                    + " source again");
        }
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            return parts(zip, known, source, most);
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidInputException(source + ": damaged zip: " + e.getMessage(), e);
        }
    }

    private static Map<String, byte[]> parts(ZipInputStream zip, Collection<String> known, String source, int most)
            throws IOException {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        int left = most;
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (!known.contains(entry.getName())) {
                throw new InvalidInputException(source + ": unknown part " + entry.getName());
            }
            byte[] part = zip.readNBytes(left + 1);
            if (part.length > left) {
                throw new InvalidInputException(
                        source + ": unpacks to more than " + most + " bytes, the share of the heap that it may take");
            }
            left -= part.length;
            parts.put(entry.getName(), part);
        }
        return parts;
    }

    /// SHA-256 of the first `length` bytes, lower-case hexadecimal.
    public static String sha256(byte[] bytes, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, 0, length);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
