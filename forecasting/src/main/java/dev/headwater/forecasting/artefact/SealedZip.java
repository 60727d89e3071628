package dev.headwater.forecasting.artefact;

import dev.headwater.forecasting.InvalidInputException;
import dev.headwater.forecasting.artefact.ZipDirectory.Place;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// A zip whose comment is the SHA-256 of all bytes before it. Any zip tool opens it; any changed byte breaks
/// the seal. Reading accepts known names only and unpacks at most an eighth of the heap: a hostile zip can neither
/// write files nor exhaust the memory. A part that is stored plain may be larger: it is read where it lies.
public final class SealedZip {

    private static final int SEAL = Sha256.DIGITS;
    private static final int HEAP_SHARE = 8; // reading holds several copies of the unpacked bytes
    private static final int MAX_BYTES =
            (int) Math.min(512 << 20, Runtime.getRuntime().maxMemory() / HEAP_SHARE);
    private static final long MAX_ZIP = 0xffff_ffffL; // beyond, a zip has other directories
    private static final long EPOCH = 0;

    private SealedZip() {}

    /// The zip of the parts, in their order, with its seal.
    ///
    /// @param source name of the zip in messages
    /// @throws InvalidInputException when [#read] would refuse the zip for its size
    public static byte[] write(Map<String, byte[]> parts, String source) {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        Map<String, Part> packed = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                packed.put(part.getKey(), Part.packed(part.getValue()));
            }
            write(packed, zip, source);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // in memory there is none
        }
        return zip.toByteArray();
    }

    /// Writes the zip of the parts, in their order, with its seal.
    ///
    /// @param out    receives the zip; stays open
    /// @param source name of the zip in messages
    /// @throws IOException           when `out` throws it
    /// @throws InvalidInputException when [#read] would refuse the zip for its size
    static void write(Map<String, Part> parts, OutputStream out, String source) throws IOException {
        write(parts, out, source, MAX_BYTES, MAX_ZIP);
    }

    /// @param most    limit for the bytes of all packed parts together
    /// @param mostZip limit for the bytes of all parts together
    static void write(Map<String, Part> parts, OutputStream out, String source, long most, long mostZip)
            throws IOException {
        require(parts, true, most, "packed parts", source);
        require(parts, false, mostZip, "parts", source);
        Sealing sealing = new Sealing(out, SEAL);
        ZipOutputStream zip = new ZipOutputStream(sealing);
        zip.setComment("0".repeat(SEAL));
        for (Map.Entry<String, Part> part : parts.entrySet()) {
            zip.putNextEntry(entry(part.getKey(), part.getValue()));
            part.getValue().content().writeTo(zip);
            zip.closeEntry();
        }
        zip.finish();
        out.write(sealing.sum().getBytes(StandardCharsets.US_ASCII));
    }

    private static ZipEntry entry(String name, Part part) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(EPOCH); // a fixed time: the same model gives the same bytes
        if (!part.packed()) {
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(part.bytes());
            entry.setCrc(part.crc());
        }
        return entry;
    }

    private static void require(Map<String, Part> parts, boolean packedOnly, long most, String what, String source) {
        long bytes = parts.values().stream()
                .filter(part -> part.packed() || !packedOnly)
                .mapToLong(Part::bytes)
                .sum();
        if (bytes > most) {
            throw new InvalidInputException(source + ": its " + what + " must have at most " + most
                    + " bytes, or it could not be read again, found " + bytes);
        }
    }

    /// Reads the parts of a zip into the heap, after checking its seal.
    ///
    /// @param known  names that may occur
    /// @param source name of the zip in messages
    /// @throws InvalidInputException when it is damaged, not such a zip, or has other parts
    public static Map<String, byte[]> read(byte[] zip, Collection<String> known, String source) {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        read(Artefact.of(zip, source), known, List.of())
                .forEach((name, bytes) -> parts.put(name, bytes.toArray(ValueLayout.JAVA_BYTE)));
        return parts;
    }

    /// Reads the parts of a zip after checking its seal.
    ///
    /// @param known names that may occur
    /// @param plain names of parts that are left where they are if they are stored plain
    /// @return the parts; those left where they are share their bytes with the artefact
    /// @throws InvalidInputException when it is damaged, not such a zip, or has other parts
    static Map<String, MemorySegment> read(Artefact artefact, Collection<String> known, Collection<String> plain) {
        return read(artefact, known, plain, MAX_BYTES);
    }

    /// @param most limit for the bytes of all parts in the heap together
    static Map<String, MemorySegment> read(
            Artefact artefact, Collection<String> known, Collection<String> plain, int most) {
        MemorySegment zip = artefact.bytes();
        long sealed = zip.byteSize() - SEAL;
        if (sealed < 0 || zip.get(ValueLayout.JAVA_BYTE, 0) != 'P' || zip.get(ValueLayout.JAVA_BYTE, 1) != 'K') {
            throw artefact.fault("no Headwater model: not a zip file");
        }
        String seal = new String(artefact.copy(sealed, zip.byteSize()), StandardCharsets.US_ASCII);
        if (!seal.equals(Sha256.of(zip.asSlice(0, sealed)))) {
            throw artefact.fault("damaged, or no Headwater model: its SHA-256 is not the one it was sealed with; take"
                    + " it from its source again");
        }
        try {
            return parts(artefact, known, plain, most);
        } catch (IndexOutOfBoundsException | IllegalArgumentException | DataFormatException e) {
            throw new InvalidInputException(artefact.source() + ": damaged zip: " + e.getMessage(), e);
        }
    }

    private static Map<String, MemorySegment> parts(
            Artefact artefact, Collection<String> known, Collection<String> plain, int most)
            throws DataFormatException {
        Map<String, MemorySegment> parts = new LinkedHashMap<>();
        long left = most;
        for (Place place : ZipDirectory.of(artefact.bytes(), SEAL)) {
            if (!known.contains(place.name())) {
                throw artefact.fault("unknown part " + place.name());
            }
            if (place.method() == ZipEntry.STORED && plain.contains(place.name())) {
                parts.put(place.name(), place.content());
                continue;
            }
            left -= Math.max(place.bytes(), place.content().byteSize());
            if (left < 0) {
                throw artefact.fault("unpacks to more than " + most + " bytes, the share of the heap that it may take");
            }
            parts.put(place.name(), MemorySegment.ofArray(unpacked(place)));
        }
        return parts;
    }

    private static byte[] unpacked(Place place) throws DataFormatException {
        byte[] bytes = switch (place.method()) {
            case ZipEntry.STORED -> place.content().toArray(ValueLayout.JAVA_BYTE);
            case ZipEntry.DEFLATED -> inflated(place);
            default -> throw new DataFormatException("method " + place.method());
        };
        CRC32 crc = new CRC32();
        crc.update(bytes);
        if (bytes.length != place.bytes() || (int) crc.getValue() != place.crc()) {
            throw new DataFormatException("part " + place.name() + " differs from its CRC-32");
        }
        return bytes;
    }

    private static byte[] inflated(Place place) throws DataFormatException {
        byte[] bytes = new byte[(int) place.bytes()];
        try (Inflater inflater = new Inflater(true)) {
            inflater.setInput(place.content().asByteBuffer());
            int length = inflater.inflate(bytes);
            if (length < bytes.length || inflater.inflate(new byte[1]) > 0) {
                throw new DataFormatException("part " + place.name() + " is not as long as its directory says");
            }
        }
        return bytes;
    }
}
