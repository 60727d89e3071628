package dev.headwater.forecasting.artefact;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.foreign.ValueLayout.OfInt;
import java.lang.foreign.ValueLayout.OfShort;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The central directory of a zip (APPNOTE.TXT of PKWARE, 4.3.12 and 4.3.16): where each part lies. The JDK's readers
/// do not tell. Zips of 4 GiB and more, which have further directories, are not read.
final class ZipDirectory {

    private static final OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final int END = 0x06054b50;
    private static final int END_BYTES = 22; // without the comment
    private static final int ENTRY = 0x02014b50;
    private static final int ENTRY_BYTES = 46; // without name, extra fields and comment
    private static final int LOCAL = 0x04034b50;
    private static final int LOCAL_BYTES = 30; // without name and extra fields

    private ZipDirectory() {}

    /// Where a part lies.
    ///
    /// @param method  0 for plain, 8 for deflated
    /// @param crc     CRC-32 of the unpacked bytes
    /// @param content the bytes as they are in the zip; shares them
    /// @param bytes   number of unpacked bytes
    record Place(String name, int method, int crc, MemorySegment content, long bytes) {}

    /// The parts in the order of the directory.
    ///
    /// @param comment length of the zip's comment
    /// @throws IndexOutOfBoundsException when the directory, or what it refers to, lies outside the zip
    /// @throws IllegalArgumentException  when there is no directory
    static List<Place> of(MemorySegment zip, int comment) {
        long end = zip.byteSize() - comment - END_BYTES;
        require(zip, end, END);
        int count = unsigned(zip, end + 10);
        long at = Integer.toUnsignedLong(zip.get(INT, end + 16));
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            places.add(place(zip, at));
            at += ENTRY_BYTES + unsigned(zip, at + 28) + unsigned(zip, at + 30) + unsigned(zip, at + 32);
        }
        return places;
    }

    private static Place place(MemorySegment zip, long entry) {
        require(zip, entry, ENTRY);
        long packed = Integer.toUnsignedLong(zip.get(INT, entry + 20));
        long bytes = Integer.toUnsignedLong(zip.get(INT, entry + 24));
        long local = Integer.toUnsignedLong(zip.get(INT, entry + 42));
        require(zip, local, LOCAL);
        long data = local + LOCAL_BYTES + unsigned(zip, local + 26) + unsigned(zip, local + 28);
        MemorySegment name = zip.asSlice(entry + ENTRY_BYTES, unsigned(zip, entry + 28));
        return new Place(
                new String(name.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8),
                unsigned(zip, entry + 10),
                zip.get(INT, entry + 16),
                zip.asSlice(data, packed),
                bytes);
    }

    private static int unsigned(MemorySegment zip, long at) {
        return Short.toUnsignedInt(zip.get(SHORT, at));
    }

    private static void require(MemorySegment zip, long at, int signature) {
        int found = zip.get(INT, at);
        if (found != signature) {
            throw new IllegalArgumentException("no entry of its directory at " + at);
        }
    }
}
