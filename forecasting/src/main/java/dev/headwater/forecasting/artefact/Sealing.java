package dev.headwater.forecasting.artefact;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;

/// Passes bytes on and digests them, except for the last ones: those are dropped, and the seal takes their place.
final class Sealing extends OutputStream {

    private final OutputStream out;
    private final MessageDigest digest = Sha256.digest();
    private final byte[] held; // the newest bytes, oldest first
    private int count; // of those held

    /// @param out  receives the bytes
    /// @param last number of bytes to drop at the end
    Sealing(OutputStream out, int last) {
        this.out = out;
        this.held = new byte[last];
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        int free = Math.max(0, length - held.length); // of the new bytes
        int leaving = Math.clamp((long) count + length - held.length, 0, count); // of those held
        pass(held, 0, leaving);
        System.arraycopy(held, leaving, held, 0, count - leaving);
        count -= leaving;
        pass(bytes, from, free);
        System.arraycopy(bytes, from + free, held, count, length - free);
        count += length - free;
    }

    private void pass(byte[] bytes, int from, int length) throws IOException {
        digest.update(bytes, from, length);
        out.write(bytes, from, length);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    /// SHA-256 of the bytes passed on.
    String sum() {
        return Sha256.of(digest);
    }
}
