package dev.headwater.forecasting.artefact;

import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

/// A part of a zip that is to be written, with its sums.
///
/// @param content writes the part, each time the same bytes
/// @param packed  whether it is deflated
/// @param bytes   its length, unpacked
/// @param crc     CRC-32
/// @param sha256  SHA-256, lower-case hexadecimal
record Part(Content content, boolean packed, long bytes, long crc, String sha256) {

    /// Writes the bytes of a part.
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    static Part packed(byte[] bytes) throws IOException {
        return of(out -> out.write(bytes), true);
    }

    /// A part to be stored plain; need not be in memory as a whole.
    static Part plain(Content content) throws IOException {
        return of(content, false);
    }

    private static Part of(Content content, boolean packed) throws IOException {
        Counter counter = new Counter();
        CRC32 crc = new CRC32();
        MessageDigest digest = Sha256.digest();
        content.writeTo(new DigestOutputStream(new CheckedOutputStream(counter, crc), digest));
        return new Part(content, packed, counter.bytes, crc.getValue(), Sha256.of(digest));
    }

    /// Counts the bytes written to it.
    private static final class Counter extends OutputStream {

        private long bytes;

        @Override
        public void write(int one) {
            bytes++;
        }

        @Override
        public void write(byte[] some, int from, int length) {
            bytes += length;
        }
    }
}
