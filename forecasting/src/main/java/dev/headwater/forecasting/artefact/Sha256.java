package dev.headwater.forecasting.artefact;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 sums, as lower-case hexadecimal digits.
public final class Sha256 {

    /// Digits of a sum.
    static final int DIGITS = 64;

    private static final int AT_ONCE = 1 << 16;

    private Sha256() {}

    /// A digest to be fed.
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// The sum of what a digest was fed with; resets it.
    public static String of(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    public static String of(byte[] bytes) {
        return of(MemorySegment.ofArray(bytes));
    }

    static String of(MemorySegment bytes) {
        MessageDigest digest = digest();
        byte[] some = new byte[(int) Math.min(AT_ONCE, bytes.byteSize())];
        for (long at = 0; at < bytes.byteSize(); at += some.length) {
            int length = (int) Math.min(some.length, bytes.byteSize() - at);
            MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, at, some, 0, length);
            digest.update(some, 0, length);
        }
        return of(digest);
    }
}
