package dev.headwater.ingest.reader;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// One array of an `.npz` file as a stream of floats: a training split of PEMS-BAY has 2.3 GB, as its windows
/// overlap by 11/12, so it is never held in memory as a whole. Format: NEP 1, versions 1 to 3; little-endian
/// floats, C order.
final class NpyStream implements Closeable {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LONGEST_HEADER = 1 << 16;
    private static final int BUFFER = 1 << 16;
    private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
    private static final Pattern FORTRAN = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9, ]*)\\)");

    private final String name;
    private final long expectedCrc;
    private final CRC32 crc = new CRC32();
    private final InputStream in;
    private final int itemBytes;
    private final int[] shape;
    private byte[] buffer = new byte[0];

    /// @throws IOException when the archive has no such array, or it is not an array of floats
    NpyStream(ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name + ".npy");
        if (entry == null) {
            throw new IOException("must hold the arrays x and y, array " + name + " is not there");
        }
        this.name = name;
        this.expectedCrc = entry.getCrc();
        this.in = new BufferedInputStream(new CheckedInputStream(zip.getInputStream(entry), crc), BUFFER);
        String header = header();
        String type = field(DESCR, header);
        this.itemBytes = switch (type) {
            case "<f8" -> Double.BYTES;
            case "<f4" -> Float.BYTES;
            default ->
                throw new IOException(
                        "array " + name + " must hold little-endian floats (<f8 or <f4), found '" + type + "'");
        };
        if (field(FORTRAN, header).equals("True")) {
            throw new IOException("array " + name + " must be in C order, found Fortran order");
        }
        this.shape = shape(field(SHAPE, header));
    }

    private String header() throws IOException {
        byte[] start = in.readNBytes(MAGIC.length + 2);
        if (start.length < MAGIC.length + 2 || !Arrays.equals(MAGIC, Arrays.copyOf(start, MAGIC.length))) {
            throw new IOException("array " + name + " does not begin like a .npy file");
        }
        int lengthBytes = start[MAGIC.length] == 1 ? Short.BYTES : Integer.BYTES;
        long length = 0;
        byte[] stated = in.readNBytes(lengthBytes);
        for (int i = stated.length - 1; i >= 0; i--) {
            length = (length << 8) | (stated[i] & 0xff);
        }
        if (length < 0 || length > LONGEST_HEADER) {
            throw new IOException("array " + name + " claims a header of " + length + " bytes");
        }
        return new String(in.readNBytes((int) length), StandardCharsets.ISO_8859_1);
    }

    private String field(Pattern pattern, String header) throws IOException {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw new IOException("array " + name + " has no readable header, found " + Faults.quote(header));
        }
        return matcher.group(1);
    }

    private int[] shape(String text) throws IOException {
        try {
            return Arrays.stream(text.split(","))
                    .map(String::strip)
                    .filter(part -> !part.isEmpty())
                    .mapToInt(Integer::parseInt)
                    .toArray();
        } catch (NumberFormatException e) {
            throw new IOException("array " + name + " has no readable shape, found " + Faults.quote(text), e);
        }
    }

    int[] shape() {
        return shape.clone();
    }

    /// Fills `out` with the next items.
    void read(float[] out) throws IOException {
        if (buffer.length != out.length * itemBytes) {
            buffer = new byte[out.length * itemBytes];
        }
        if (in.readNBytes(buffer, 0, buffer.length) < buffer.length) {
            throw new EOFException("array " + name + " ends before its last value");
        }
        ByteBuffer items = ByteBuffer.wrap(buffer).order(ByteOrder.LITTLE_ENDIAN);
        if (itemBytes == Float.BYTES) {
            items.asFloatBuffer().get(out);
            return;
        }
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) items.getDouble();
        }
    }

    void skip(long items) throws IOException {
        try {
            in.skipNBytes(items * itemBytes);
        } catch (EOFException e) {
            throw new EOFException("array " + name + " ends before its last value");
        }
    }

    /// Checks, after the last item, that nothing follows and that the checksum is right.
    void finish() throws IOException {
        if (in.read() >= 0) {
            throw new IOException("array " + name + " goes on after its last value");
        }
        if (crc.getValue() != expectedCrc) {
            throw new IOException("array " + name + " is damaged: its checksum differs");
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
